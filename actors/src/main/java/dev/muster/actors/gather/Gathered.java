package dev.muster.actors.gather;

import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.CatalogSnapshot;
import java.util.List;
import java.util.Map;

/**
 * What a round has brought.
 *
 * @param all the rows of all nodes
 * @param own those of this one
 * @param hosts by the node that has them
 */
public record Gathered(
    CatalogSnapshot all, CatalogSnapshot own, Map<String, List<HostLoad>> hosts) {
  public Gathered {
    hosts = Map.copyOf(hosts);
  }
}
