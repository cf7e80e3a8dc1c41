package dev.muster.journal.codec;

import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ChainsCheckpointed;
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
import dev.muster.journal.event.EnvironmentEvent.SystemParameterChanged;
import dev.muster.journal.event.EnvironmentEvent.ZoneBroughtBack;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import java.util.List;

/** How the journal calls each {@link EnvironmentEvent}. An id is never changed once released. */
public final class EnvironmentEventTypes {
  public static final List<WireType> TABLE =
      List.of(
          WireType.of(EnvironmentInitialized.class, "environment.initialized"),
          // Version 2 knows of size ranges. Configurations of version 1 had none: nothing to
          // change.
          WireType.of(ClusterCreationStarted.class, "environment.cluster-creation-started")
              .then(old -> old),
          WireType.of(ClusterCreationFinished.class, "environment.cluster-creation-finished"),
          WireType.of(ClusterDropStarted.class, "environment.cluster-drop-started"),
          WireType.of(ClusterDropFinished.class, "environment.cluster-drop-finished"),
          WireType.of(ReplicaDropStarted.class, "environment.replica-drop-started"),
          WireType.of(ReplicaDropFinished.class, "environment.replica-drop-finished"),
          // Version 2 has a time for each change.
          WireType.of(ClusterNamesChanged.class, "environment.cluster-names-changed")
              .then(old -> old.put("timesApart", false)),
          WireType.of(ClusterOwnerChanged.class, "environment.cluster-owner-changed"),
          WireType.of(RoleCreated.class, "environment.role-created"),
          WireType.of(RoleCommentChanged.class, "environment.role-comment-changed"),
          WireType.of(ZoneTakenOut.class, "environment.zone-taken-out"),
          WireType.of(ZoneBroughtBack.class, "environment.zone-brought-back"),
          WireType.of(SystemParameterChanged.class, "environment.system-parameter-changed"),
          WireType.of(ChainsCheckpointed.class, "environment.chains-checkpointed"));

  private EnvironmentEventTypes() {}
}
