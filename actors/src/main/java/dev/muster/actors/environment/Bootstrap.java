package dev.muster.actors.environment;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.error.RejectionMessages;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.EnvironmentEvent.RoleCreated;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterState;
import java.util.List;
import java.util.Optional;

/**
 * What a fresh environment holds: the clusters {@code quickstart}, {@code mz_system} and {@code
 * mz_catalog_server}, the roles {@code mz_system}, {@code mz_support} and {@code materialize}.
 *
 * @param defaultSize of {@code quickstart}
 * @param systemReplicationFactor of the two system clusters, which Muster itself needs no replicas
 *     of: its catalog is answered by the nodes
 */
public record Bootstrap(
    String environmentId,
    String defaultSize,
    int defaultReplicationFactor,
    String systemSize,
    int systemReplicationFactor) {

  private static final String SYSTEM_ROLE = Origin.SYSTEM.role();

  /** The events of a first start, to be journaled as one write. */
  public List<EnvironmentEvent> events() {
    return List.of(
        new EnvironmentInitialized(environmentId),
        new RoleCreated("s1", SYSTEM_ROLE, true, true, true),
        new RoleCreated("s2", "mz_support", false, true, true),
        new RoleCreated("u1", "materialize", true, true, true),
        creation(ClusterId.system(1), "mz_system", systemSize, systemReplicationFactor),
        creation(ClusterId.system(2), "mz_catalog_server", systemSize, systemReplicationFactor),
        creation(ClusterId.user(1), "quickstart", defaultSize, defaultReplicationFactor));
  }

  /**
   * Throws {@link IllegalArgumentException} where the rules forbid it: better before the start than
   * in the middle of it.
   */
  public void validate(ClusterRules rules) {
    for (EnvironmentEvent event : events()) {
      if (event instanceof ClusterCreationStarted started) {
        Decision<?> decision =
            ClusterDecider.decide(
                new ClusterState.Absent(),
                new ClusterCommand.Create(started.configuration(), started.replicas()),
                new ClusterContext(started.id(), HybridTime.ZERO, Origin.SYSTEM, rules));
        if (decision instanceof Decision.Rejected<?> rejected) {
          throw new IllegalArgumentException(
              "the first cluster "
                  + started.name()
                  + " cannot be made: "
                  + new RejectionMessages(rules.sizes())
                      .of(rejected.rejection(), started.name())
                      .message());
        }
      }
    }
  }

  private static ClusterCreationStarted creation(
      ClusterId id, String name, String size, int replicationFactor) {
    Managed configuration =
        new Managed(
            size,
            replicationFactor,
            List.of(),
            ReplicaSettings.DEFAULT,
            new Schedule.Manual(),
            Optional.empty(),
            Optional.empty());
    return new ClusterCreationStarted(id, name, SYSTEM_ROLE, configuration, List.of());
  }
}
