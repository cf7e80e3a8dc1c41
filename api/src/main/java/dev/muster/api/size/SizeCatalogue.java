package dev.muster.api.size;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** All sizes that can be asked for, in the order in which they are configured. Immutable. */
public final class SizeCatalogue {
  private final Map<String, ReplicaSize> byName;

  public SizeCatalogue(List<ReplicaSize> sizes) {
    Map<String, ReplicaSize> map = new LinkedHashMap<>();
    for (ReplicaSize size : sizes) {
      if (map.putIfAbsent(size.name(), size) != null) {
        throw new IllegalArgumentException("size configured twice: " + size.name());
      }
    }
    this.byName = Collections.unmodifiableMap(map);
  }

  public Optional<ReplicaSize> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The sizes between two, both included, from the smallest to the largest, no two alike. Where the
   * catalogue lists both in one ascending row, these are the row's: of sizes that cost the same,
   * those belong together that are called alike.
   *
   * @return empty where one of the two is none of the catalogue, or where the first is the larger
   */
  public List<ReplicaSize> between(String smallest, String largest) {
    List<ReplicaSize> listed = List.copyOf(byName.values());
    Optional<ReplicaSize> from = find(smallest);
    Optional<ReplicaSize> to = find(largest);
    if (from.isEmpty() || to.isEmpty() || ReplicaSize.BY_EXTENT.compare(from.get(), to.get()) > 0) {
      return List.of();
    }
    int first = listed.indexOf(from.get());
    int last = listed.indexOf(to.get());
    if (first <= last && isAscending(listed.subList(first, last + 1))) {
      return listed.subList(first, last + 1);
    }
    TreeSet<ReplicaSize> between = new TreeSet<>(ReplicaSize.BY_EXTENT);
    between.add(from.get());
    between.add(to.get());
    listed.stream()
        .filter(size -> ReplicaSize.BY_EXTENT.compare(size, from.get()) > 0)
        .filter(size -> ReplicaSize.BY_EXTENT.compare(size, to.get()) < 0)
        .forEach(between::add);
    return List.copyOf(between);
  }

  private static boolean isAscending(List<ReplicaSize> row) {
    return IntStream.range(1, row.size())
        .allMatch(i -> ReplicaSize.BY_EXTENT.compare(row.get(i - 1), row.get(i)) < 0);
  }

  public Collection<ReplicaSize> all() {
    return byName.values();
  }
}
