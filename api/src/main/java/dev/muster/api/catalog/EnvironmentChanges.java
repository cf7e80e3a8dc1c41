package dev.muster.api.catalog;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterNamesChanged;
import dev.muster.journal.event.EnvironmentEvent.ClusterOwnerChanged;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.EnvironmentEvent.RoleCommentChanged;
import dev.muster.journal.event.EnvironmentEvent.RoleCreated;
import dev.muster.journal.event.EnvironmentEvent.ZoneBroughtBack;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.ReplicaId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which clusters an event of the environment touches: their entries, or which replicas they show.
 */
public final class EnvironmentChanges {
  private EnvironmentChanges() {}

  public static Set<ClusterId> touched(List<EnvironmentEvent> events) {
    Set<ClusterId> touched = new HashSet<>();
    events.forEach(event -> touched(event).forEach(touched::add));
    return touched;
  }

  /** Roles are few, and compared whole: who reads them sees for himself that they have changed. */
  private static Stream<ClusterId> touched(EnvironmentEvent event) {
    return switch (event) {
      case EnvironmentInitialized ignored -> Stream.empty();
      case ClusterCreationStarted started -> Stream.of(started.id());
      case ClusterCreationFinished finished -> Stream.of(finished.id());
      case ClusterDropStarted started -> started.ids().stream();
      case ClusterDropFinished finished -> Stream.of(finished.id());
      case ReplicaDropStarted started -> started.ids().stream().map(ReplicaId::cluster);
      case ReplicaDropFinished finished -> finished.ids().stream().map(ReplicaId::cluster);
      case ClusterNamesChanged changed -> changed.changes().stream().map(NameChange::id);
      case ClusterOwnerChanged changed -> Stream.of(changed.id());
      case RoleCreated ignored -> Stream.empty();
      case RoleCommentChanged ignored -> Stream.empty();
      // Zones are few too.
      case ZoneTakenOut ignored -> Stream.empty();
      case ZoneBroughtBack ignored -> Stream.empty();
      case EnvironmentEvent.SystemParameterChanged ignored -> Stream.empty();
      case EnvironmentEvent.ChainsCheckpointed ignored -> Stream.empty();
    };
  }
}
