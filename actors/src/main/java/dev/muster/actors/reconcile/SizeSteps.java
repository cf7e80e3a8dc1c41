package dev.muster.actors.reconcile;

import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.SizeRange;
import java.util.List;

/**
 * The sizes that a cluster can be moved to whose size follows its load.
 *
 * @param steps from the smallest to the largest; none where the range makes no sense any more, as
 *     when one of its ends has left the catalogue
 */
public record SizeSteps(List<ReplicaSize> steps, SizeCatalogue sizes) {
  public SizeSteps {
    steps = List.copyOf(steps);
  }

  public static SizeSteps of(SizeRange range, SizeCatalogue sizes) {
    return new SizeSteps(sizes.between(range.minSize(), range.maxSize()), sizes);
  }

  /** Whether a size is neither smaller than the smallest nor larger than the largest. */
  public boolean contains(String size) {
    return nearest(size).equals(size);
  }

  /** The size itself where it is within the range, or else that end which is next to it. */
  public String nearest(String size) {
    if (steps.isEmpty()) {
      return size;
    }
    ReplicaSize smallest = steps.getFirst();
    ReplicaSize largest = steps.getLast();
    return sizes
        .find(size)
        .map(
            known -> {
              if (ReplicaSize.BY_EXTENT.compare(known, smallest) < 0) {
                return smallest.name();
              }
              return ReplicaSize.BY_EXTENT.compare(known, largest) > 0 ? largest.name() : size;
            })
        .orElse(smallest.name());
  }

  /** The steps that are larger than a size. */
  List<ReplicaSize> above(ReplicaSize size) {
    return steps.stream().filter(step -> ReplicaSize.BY_EXTENT.compare(step, size) > 0).toList();
  }

  /** The steps that are smaller than a size. */
  List<ReplicaSize> below(ReplicaSize size) {
    return steps.stream().filter(step -> ReplicaSize.BY_EXTENT.compare(step, size) < 0).toList();
  }
}
