package dev.muster.actors.host;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.size.SizeCatalogue;
import java.util.List;
import java.util.Optional;

/** Hosts as the catalog shows them. Pure. */
final class HostCatalogues {
  private HostCatalogues() {}

  static HostCatalogue of(
      List<String> zones, List<HostLoad> hosts, SizeCatalogue sizes, Demand demand) {
    return new HostCatalogue(
        zones,
        hosts.stream()
            .filter(host -> !host.name().equals(HostNames.expected(host.zone())))
            .map(
                host ->
                    new HostCatalogue.Host(
                        host.name(),
                        host.zone(),
                        limit(host.capacity().cpuNanoCores()),
                        limit(host.capacity().memoryBytes())))
            .toList(),
        sizes.all().stream()
            .map(
                size ->
                    new HostCatalogue.Taking(
                        size.name(), demand.of(size).cpuNanoCores(), demand.of(size).memoryBytes()))
            .toList());
  }

  private static Optional<Long> limit(long amount) {
    return amount == Long.MAX_VALUE ? Optional.empty() : Optional.of(amount);
  }
}
