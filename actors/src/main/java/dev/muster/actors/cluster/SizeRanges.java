package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.api.command.ClusterCommand.Alter;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.SizeRange;
import java.util.Optional;

/** {@code MIN SIZE} and {@code MAX SIZE} of an {@code ALTER CLUSTER}: both, or none. */
final class SizeRanges {
  private SizeRanges() {}

  /** What becomes of a range. One end alone may be changed, and neither end removed alone. */
  static Optional<SizeRange> patched(Optional<SizeRange> old, Alter alter) {
    Optional<String> min = patched(alter.minSize(), old.map(SizeRange::minSize));
    Optional<String> max = patched(alter.maxSize(), old.map(SizeRange::maxSize));
    rejectIf(min.isPresent() != max.isPresent(), new Rejection.SizeRangeIncomplete());
    return min.flatMap(smallest -> max.map(largest -> new SizeRange(smallest, largest)));
  }

  private static Optional<String> patched(Patch<String> patch, Optional<String> old) {
    return switch (patch) {
      case Patch.Keep<String> ignored -> old;
      case Patch.Clear<String> ignored -> Optional.empty();
      case Patch.Set<String> set -> Optional.of(set.value());
    };
  }
}
