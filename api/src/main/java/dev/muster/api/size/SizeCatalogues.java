package dev.muster.api.size;

import com.typesafe.config.Config;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Reads the size catalogue from configuration: {@code muster.sizes}, described where it ships. */
public final class SizeCatalogues {
  private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000L);

  private SizeCatalogues() {}

  /**
   * The catalogue that a configuration describes.
   *
   * @param config the whole configuration, with the reference configuration in it
   * @throws com.typesafe.config.ConfigException where a setting is missing or has the wrong form
   */
  public static SizeCatalogue load(Config config) {
    Config sizes = config.getConfig("muster.sizes");
    List<ReplicaSize> all = new ArrayList<>();
    for (Config entry : sizes.getConfigList("catalogue")) {
      all.add(size(entry, sizes));
    }
    return new SizeCatalogue(all);
  }

  private static ReplicaSize size(Config entry, Config sizes) {
    Config perCredit = sizes.getConfig("per-credit");
    String name = entry.getString("name");
    BigDecimal credits = decimal(entry, "credits-per-hour");
    int processes = entry.hasPath("processes") ? entry.getInt("processes") : 1;
    if (credits.signum() <= 0 || processes <= 0) {
      throw new IllegalArgumentException(
          "size " + name + ": credits-per-hour and processes must be greater than zero");
    }
    BigDecimal share =
        credits.divide(BigDecimal.valueOf(processes), 6, RoundingMode.HALF_UP).stripTrailingZeros();
    BigDecimal cpus =
        entry.hasPath("cpus") ? decimal(entry, "cpus") : decimal(perCredit, "cpus").multiply(share);
    int workers = entry.hasPath("workers") ? entry.getInt("workers") : Math.max(1, cpus.intValue());
    boolean zoneSpread =
        entry.hasPath("zone-spread")
            ? entry.getBoolean("zone-spread")
            : credits.compareTo(decimal(sizes, "zone-spread-up-to-credits-per-hour")) <= 0;
    return new ReplicaSize(
        name,
        processes,
        workers,
        cpus.multiply(NANO).longValue(),
        bytes(entry, perCredit, "memory", share),
        bytes(entry, perCredit, "disk", share),
        credits,
        zoneSpread);
  }

  private static long bytes(Config entry, Config perCredit, String what, BigDecimal share) {
    return entry.hasPath(what)
        ? entry.getMemorySize(what).toBytes()
        : share.multiply(BigDecimal.valueOf(perCredit.getMemorySize(what).toBytes())).longValue();
  }

  /** Through the text, so that 0.25 stays what was written. */
  private static BigDecimal decimal(Config config, String path) {
    return new BigDecimal(config.getString(path));
  }
}
