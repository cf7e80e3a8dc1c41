package dev.muster.actors.cluster;

import dev.muster.api.command.Notice;
import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.MemoryAdvice;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.util.Comparator;
import java.util.Optional;

/** What the last hydrations of a cluster say of a size that it is to have. */
final class MemoryFit {
  private static final long PRECISION = 1_000_000;

  private MemoryFit() {}

  static Optional<Notice> notice(ClusterState.Live state, String size, SizeCatalogue sizes) {
    return sizes.find(size).flatMap(wanted -> notice(state, wanted, sizes));
  }

  private static Optional<Notice> notice(
      ClusterState.Live state, ReplicaSize wanted, SizeCatalogue sizes) {
    Optional<Double> share =
        state.replicas().stream()
            .flatMap(replica -> share(replica, wanted, sizes).stream())
            .max(Comparator.naturalOrder());
    return share.flatMap(
        used ->
            MemoryAdvice.of((long) (used * PRECISION), PRECISION)
                .map(
                    advice ->
                        new Notice.SizeDoesNotFit(wanted.name(), advice, Math.round(used * 100))));
  }

  /**
   * In proportion to its own size: hosts may scale the memory of all sizes alike. Who was killed
   * for want of memory had used all of it, whatever it needed to hydrate.
   */
  private static Optional<Double> share(Replica replica, ReplicaSize wanted, SizeCatalogue sizes) {
    if (replica.lacksMemory()) {
      return sizes
          .find(replica.size())
          .map(own -> (double) own.memoryBytes() / wanted.memoryBytes());
    }
    Optional<ReplicaProgress.Hydration> hydration =
        replica.progress() instanceof ReplicaProgress.Online online
            ? online.hydration()
            : Optional.empty();
    return hydration
        .filter(known -> known.peakMemoryBytes() > 0 && known.memoryLimitBytes() > 0)
        .flatMap(
            known ->
                sizes
                    .find(replica.size())
                    .map(
                        own ->
                            (double) known.peakMemoryBytes()
                                / known.memoryLimitBytes()
                                * own.memoryBytes()
                                / wanted.memoryBytes()));
  }
}
