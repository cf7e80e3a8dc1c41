package dev.muster.api.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeCataloguesTest {
  private static final long MIB = 1024L * 1024;
  private final SizeCatalogue shipped = SizeCatalogues.load(ConfigFactory.load());

  @Test
  void theShippedSizesAreThoseOfTheReferenceInTheirOrder() {
    assertEquals(
        List.of(
            "25cc", "50cc", "100cc", "200cc", "300cc", "400cc", "600cc", "800cc", "1200cc",
            "1600cc", "3200cc", "6400cc", "128C", "256C", "512C", "3xsmall", "2xsmall", "xsmall",
            "small", "medium", "large", "xlarge", "1", "2", "4", "8", "16", "32", "1-1", "2-2"),
        shipped.all().stream().map(ReplicaSize::name).toList());
  }

  @Test
  void resourcesAreInProportionToTheCredits() {
    ReplicaSize hundred = shipped.find("100cc").orElseThrow();
    assertEquals(2_000_000_000L, hundred.cpuNanoCores());
    assertEquals(15525 * MIB, hundred.memoryBytes());
    assertEquals(31050 * MIB, hundred.diskBytes());
    assertEquals(BigDecimal.ONE, hundred.creditsPerHour());
    ReplicaSize quarter = shipped.find("25cc").orElseThrow();
    assertEquals(500_000_000L, quarter.cpuNanoCores());
    assertEquals(15525 * MIB / 4, quarter.memoryBytes());
    assertEquals(new BigDecimal("0.25"), quarter.creditsPerHour());
    assertEquals(new BigDecimal("128"), shipped.find("128C").orElseThrow().creditsPerHour());
  }

  @Test
  void allocationsAreThoseOfOneProcess() {
    ReplicaSize twoByTwo = shipped.find("2-2").orElseThrow();
    assertEquals(2, twoByTwo.processes());
    assertEquals(2, twoByTwo.workers());
    assertEquals(4_000_000_000L, twoByTwo.cpuNanoCores());
  }

  @Test
  void zonesAreSpreadUpToAndIncluding3200cc() {
    assertTrue(shipped.find("3200cc").orElseThrow().zoneSpread());
    assertFalse(shipped.find("6400cc").orElseThrow().zoneSpread());
    assertFalse(shipped.find("128C").orElseThrow().zoneSpread());
  }

  @Test
  void aSizeMayDepartFromTheProportion() {
    SizeCatalogue own =
        SizeCatalogues.load(
            ConfigFactory.parseString(
                    """
                    muster.sizes.catalogue = [
                      { name = tiny, credits-per-hour = 0.1, cpus = 1, memory = 64 MiB, zone-spread = false }
                    ]
                    """)
                .withFallback(ConfigFactory.load()));
    ReplicaSize tiny = own.find("tiny").orElseThrow();
    assertEquals(64 * MIB, tiny.memoryBytes());
    assertEquals(1_000_000_000L, tiny.cpuNanoCores());
    assertFalse(tiny.zoneSpread());
    assertEquals(1, own.all().size());
  }

  @Test
  void aSizeMustHaveAPriceAboveZero() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SizeCatalogues.load(
                ConfigFactory.parseString(
                        "muster.sizes.catalogue = [{ name = free, credits-per-hour = 0 }]")
                    .withFallback(ConfigFactory.load())));
  }
}
