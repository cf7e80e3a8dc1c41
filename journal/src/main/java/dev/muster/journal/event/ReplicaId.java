package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The id of a replica, never used twice: the id of its cluster and a number that the cluster counts
 * up, as in {@code u7-2}. A cluster can so name its replicas by itself, without asking anybody.
 */
public record ReplicaId(@JsonValue String value) implements Comparable<ReplicaId> {
  @JsonCreator
  public ReplicaId {
    int dash = value.indexOf('-');
    if (dash < 0
        || !ClusterId.isForm(value, dash)
        || !ClusterId.isNumber(value, dash + 1, value.length())) {
      throw new IllegalArgumentException("not a replica id: " + value);
    }
  }

  public static ReplicaId of(ClusterId cluster, long number) {
    return new ReplicaId(cluster.value() + "-" + number);
  }

  @JsonIgnore
  public ClusterId cluster() {
    return new ClusterId(value.substring(0, value.indexOf('-')));
  }

  @JsonIgnore
  public long number() {
    return Long.parseLong(value, value.indexOf('-') + 1, value.length(), 10);
  }

  @Override
  public int compareTo(ReplicaId other) {
    int byCluster = cluster().compareTo(other.cluster());
    return byCluster != 0 ? byCluster : Long.compare(number(), other.number());
  }

  @Override
  public String toString() {
    return value;
  }
}
