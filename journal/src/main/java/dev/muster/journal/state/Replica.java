package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.ReplicaWait;
import java.math.BigDecimal;
import java.util.Optional;

/** A replica that its cluster has decided on. The components are those of {@link ReplicaAdded}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Replica(
    ReplicaId id,
    String name,
    String size,
    BigDecimal creditsPerHour,
    String zone,
    boolean zonePinned,
    ReplicaSettings settings,
    boolean internal,
    Optional<String> billedAs,
    HybridTime createdAt,
    Optional<String> comment,
    ReplicaProgress progress) {

  static Replica added(HybridTime at, ReplicaAdded event) {
    return new Replica(
        event.id(),
        event.name(),
        event.size(),
        event.creditsPerHour(),
        event.zone(),
        event.zonePinned(),
        event.settings(),
        event.internal(),
        event.billedAs(),
        at,
        Optional.empty(),
        new ReplicaProgress.Pending(at));
  }

  Replica renamed(String newName) {
    return new Replica(
        id,
        newName,
        size,
        creditsPerHour,
        zone,
        zonePinned,
        settings,
        internal,
        billedAs,
        createdAt,
        comment,
        progress);
  }

  /** Whether it is down because it was killed for want of memory. */
  public boolean lacksMemory() {
    return progress instanceof ReplicaProgress.Failed failed
        && failed.failure().kind() == ReplicaFailure.Kind.OOM_KILLED;
  }

  /** Whether it has hydrated and nothing has ended it since. */
  public boolean serves() {
    return progress instanceof ReplicaProgress.Online;
  }

  /** Why it has no place, where it has none. */
  public Optional<ReplicaWait> waiting() {
    return progress instanceof ReplicaProgress.Pending pending
        ? pending.waiting()
        : Optional.empty();
  }

  Replica placed(HybridTime at, String newZone) {
    return new Replica(
        id,
        name,
        size,
        creditsPerHour,
        newZone,
        zonePinned,
        settings,
        internal,
        billedAs,
        createdAt,
        comment,
        new ReplicaProgress.Pending(at));
  }

  Replica commented(Optional<String> newComment) {
    return new Replica(
        id,
        name,
        size,
        creditsPerHour,
        zone,
        zonePinned,
        settings,
        internal,
        billedAs,
        createdAt,
        newComment,
        progress);
  }

  Replica progressed(ReplicaProgress newProgress) {
    return new Replica(
        id,
        name,
        size,
        creditsPerHour,
        zone,
        zonePinned,
        settings,
        internal,
        billedAs,
        createdAt,
        comment,
        newProgress);
  }
}
