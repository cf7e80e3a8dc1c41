package dev.muster.journal.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a table: a Java type, the id under which the journal knows it, and the way from its
 * older versions.
 *
 * @param upcasters the first leads from version 1 to 2, and so on: their number gives the current
 *     version
 */
public record WireType(Class<?> javaType, String id, List<Upcaster> upcasters) {
  public WireType {
    upcasters = List.copyOf(upcasters);
  }

  /** A type in its first version. */
  public static WireType of(Class<?> javaType, String id) {
    return new WireType(javaType, id, List.of());
  }

  /** The same type, one version further. */
  public WireType then(Upcaster upcaster) {
    List<Upcaster> more = new ArrayList<>(upcasters);
    more.add(upcaster);
    return new WireType(javaType, id, more);
  }

  public int version() {
    return upcasters.size() + 1;
  }

  public Manifest manifest() {
    return new Manifest(id, version());
  }

  ObjectNode upcast(int fromVersion, ObjectNode old) {
    ObjectNode current = old;
    for (Upcaster upcaster : upcasters.subList(fromVersion - 1, upcasters.size())) {
      current = upcaster.upcast(current);
    }
    return current;
  }
}
