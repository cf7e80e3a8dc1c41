package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.HostCatalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts of other nodes come and go while queries run. */
final class HostsCatalogTest {
  private static final String HOSTS = "SELECT name, availability_zone FROM mz_internal.mz_hosts";
  private static final String ZONES =
      "SELECT name, hosts FROM mz_internal.mz_availability_zones ORDER BY name";

  private final AtomicReference<HostCatalogue> hosts =
      new AtomicReference<>(hosts(host("az1@node-0", "az1")));
  private final DuckDbCatalog catalog =
      new DuckDbCatalog(
          CatalogFixture.SIZES,
          hosts::get,
          CatalogFixture.EMPTY_JOURNAL,
          EngineLimits.load(ConfigFactory.load()));

  private static HostCatalogue.Host host(String name, String zone) {
    return new HostCatalogue.Host(name, zone, Optional.empty(), Optional.of(1L << 30));
  }

  private static HostCatalogue hosts(HostCatalogue.Host... hosts) {
    return new HostCatalogue(List.of("az1", "az2"), List.of(hosts), List.of());
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private List<List<Object>> rows(String sql) {
    return new Asking(catalog).rows(CatalogSnapshot.EMPTY, sql);
  }

  @Test
  void aHostThatComesIsShownAndOneThatGoesIsNot() {
    assertEquals(List.of(List.of("az1@node-0", "az1")), rows(HOSTS));

    hosts.set(hosts(host("az1@node-0", "az1"), host("az2@node-1", "az2")));
    assertEquals(List.of(List.of("az1@node-0", "az1"), List.of("az2@node-1", "az2")), rows(HOSTS));

    hosts.set(hosts(host("az2@node-1", "az2")));
    assertEquals(List.of(List.of("az2@node-1", "az2")), rows(HOSTS));
  }

  @Test
  void aZoneIsShownAlsoWithoutAHost() {
    assertEquals(List.of(Arrays.asList("az1", 1L), Arrays.asList("az2", 0L)), rows(ZONES));
  }
}
