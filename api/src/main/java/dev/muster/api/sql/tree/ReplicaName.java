package dev.muster.api.sql.tree;

/** A replica as a statement names it: {@code cluster.replica}. */
public record ReplicaName(String cluster, String replica) {}
