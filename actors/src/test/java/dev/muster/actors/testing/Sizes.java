package dev.muster.actors.testing;

import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import java.math.BigDecimal;
import java.util.List;

/** A catalogue of a few sizes. */
public final class Sizes {
  public static final SizeCatalogue CATALOGUE =
      new SizeCatalogue(
          List.of(
              size("25cc", "0.25", true),
              size("small", "2", true),
              size("medium", "4", true),
              size("large", "8", true),
              size("6400cc", "64", false)));

  /** Sizes that have CPU and memory in proportion to their price. */
  public static final SizeCatalogue GRADED =
      new SizeCatalogue(
          List.of(
              graded("25cc", "0.25"),
              graded("small", "2"),
              graded("medium", "4"),
              graded("large", "8"),
              graded("xlarge", "16"),
              graded("6400cc", "64")));

  private Sizes() {}

  private static ReplicaSize graded(String name, String credits) {
    long hundredths = new BigDecimal(credits).movePointRight(2).longValueExact();
    return new ReplicaSize(
        name,
        1,
        1,
        hundredths * 20_000_000L,
        hundredths << 24,
        1L << 31,
        new BigDecimal(credits),
        hundredths <= 3200);
  }

  private static ReplicaSize size(String name, String credits, boolean zoneSpread) {
    return new ReplicaSize(
        name, 1, 1, 1_000_000_000L, 1L << 30, 1L << 31, new BigDecimal(credits), zoneSpread);
  }
}
