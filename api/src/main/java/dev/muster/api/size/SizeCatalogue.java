package dev.muster.api.size;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  public Collection<ReplicaSize> all() {
    return byName.values();
  }
}
