package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.LiteralShape;
import dev.muster.api.catalog.rewrite.LiteralShape.Literal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which literals of a query have been seen to vary. Those that never do stay in its text, where the
 * engine plans better for knowing them; those that do become parameters, so that the query is
 * planned once. Safe for use by many threads.
 */
final class Variations {
  private static final int SHAPES = 256;

  private final Map<List<String>, Seen> shapes = new LinkedHashMap<>(16, 0.75f, true);

  /** What one shape was seen with. */
  private static final class Seen {
    private final List<Literal> first;
    private final Set<Integer> varying = new HashSet<>();
    private boolean refused;

    Seen(List<Literal> first) {
      this.first = first;
    }
  }

  /** The places of the literals that vary, this query's included; none the first time. */
  synchronized Set<Integer> observe(LiteralShape shape) {
    Seen seen = shapes.computeIfAbsent(shape.pieces(), pieces -> new Seen(shape.literals()));
    if (shapes.size() > SHAPES) {
      shapes.remove(shapes.keySet().iterator().next());
    }
    for (int i = 0; i < seen.first.size(); i++) {
      if (!seen.first.get(i).equals(shape.literals().get(i))) {
        seen.varying.add(i);
      }
    }
    return seen.refused ? Set.of() : Set.copyOf(seen.varying);
  }

  /** The engine does not take parameters here: never again. */
  synchronized void refuse(LiteralShape shape) {
    Seen seen = shapes.get(shape.pieces());
    if (seen != null) {
      seen.refused = true;
    }
  }
}
