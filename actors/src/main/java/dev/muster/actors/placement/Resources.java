package dev.muster.actors.placement;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What hosts give and replicas take.
 *
 * @param cpuNanoCores in billionths of a core
 */
public record Resources(long cpuNanoCores, long memoryBytes) {
  public static final Resources NONE = new Resources(0, 0);

  /** More than can be asked for. */
  public static final Resources UNLIMITED = new Resources(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);
  private static final int PER_MILLE = 1000;

  public Resources {
    if (cpuNanoCores < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException("resources cannot be negative");
    }
  }

  public Resources plus(Resources other) {
    return new Resources(
        sum(cpuNanoCores, other.cpuNanoCores), sum(memoryBytes, other.memoryBytes));
  }

  private static long sum(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }

  /** What is left of this; nothing where more was taken. */
  public Resources minus(Resources taken) {
    return new Resources(
        left(cpuNanoCores, taken.cpuNanoCores), left(memoryBytes, taken.memoryBytes));
  }

  /** No limit stays none. */
  private static long left(long all, long taken) {
    return all == Long.MAX_VALUE ? all : Math.max(0, all - taken);
  }

  public boolean covers(Resources demand) {
    return cpuNanoCores >= demand.cpuNanoCores && memoryBytes >= demand.memoryBytes;
  }

  /** The larger of the two shares that were taken of this, in thousandths. */
  public int shareTaken(Resources taken) {
    return Math.max(share(cpuNanoCores, taken.cpuNanoCores), share(memoryBytes, taken.memoryBytes));
  }

  private static int share(long all, long taken) {
    if (taken == 0) {
      return 0;
    }
    return all == 0
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, (double) taken / all * PER_MILLE);
  }

  /** As people read it: {@code 0.5 CPUs, 3.79 GiB of memory}. */
  @Override
  public String toString() {
    return decimal(cpuNanoCores, NANOS)
        + " CPUs, "
        + decimal(memoryBytes, GIBIBYTE)
        + (memoryBytes == Long.MAX_VALUE ? " memory" : " GiB of memory");
  }

  private static String decimal(long amount, BigDecimal unit) {
    if (amount == Long.MAX_VALUE) {
      return "unlimited";
    }
    return BigDecimal.valueOf(amount)
        .divide(unit, 2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
