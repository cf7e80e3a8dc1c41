package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaPlan;
import java.util.List;
import java.util.Optional;

/**
 * What the environment knows of a cluster.
 *
 * @param creating what it shall be, until its creation has finished; empty afterwards
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ClusterEntry(ClusterId id, String name, String owner, Optional<Creation> creating) {
  /** An unfinished creation. */
  public record Creation(ClusterConfiguration configuration, List<ReplicaPlan> replicas) {
    public Creation {
      replicas = List.copyOf(replicas);
    }
  }

  ClusterEntry created() {
    return new ClusterEntry(id, name, owner, Optional.empty());
  }

  ClusterEntry named(String newName) {
    return new ClusterEntry(id, newName, owner, creating);
  }

  ClusterEntry owned(String newOwner) {
    return new ClusterEntry(id, name, newOwner, creating);
  }
}
