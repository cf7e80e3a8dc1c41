package dev.muster.api.command;

/**
 * What a user should know about a statement that was carried out. States facts; the texts are in
 * {@code error}.
 */
public sealed interface Notice {
  /** {@code IF NOT EXISTS} met a cluster of that name. */
  record ClusterAlreadyExists(String name) implements Notice {}

  /** {@code IF EXISTS} met none of that name. */
  record ClusterDoesNotExist(String name) implements Notice {}

  record ReplicaAlreadyExists(String name) implements Notice {}

  record ReplicaDoesNotExist(String name) implements Notice {}

  /** All replicas were dropped and recreated: the cluster serves nothing until one has hydrated. */
  record ServingInterrupted(int replicas) implements Notice {}

  /**
   * Some replicas were dropped and recreated while others went on serving, as when a cluster
   * becomes managed whose replicas were not where they may be.
   */
  record ReplicasRecreated(int replicas) implements Notice {}

  /** The statement's {@code WAIT} clause was not heeded: replicas were dropped at once. */
  record WaitNotSupported() implements Notice {}

  /** Above this size an even spread over zones is best effort. */
  record ZoneSpreadNotGuaranteed(String size) implements Notice {}
}
