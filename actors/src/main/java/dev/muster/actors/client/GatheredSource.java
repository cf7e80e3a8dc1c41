package dev.muster.actors.client;

import dev.muster.actors.entity.ClusterMessage;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.gather.GatheredCatalog;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * Reads of several nodes. What a read misses is on its way from one node to another, and runs there
 * only once it is told something: it is woken, some at a time.
 */
public final class GatheredSource implements CatalogSource {
  private static final int WOKEN_AT_ONCE = 64;

  private final GatheredCatalog catalog;
  private final ClusterSharding sharding;
  private final ActorRef<ClusterId> nobody;

  public GatheredSource(ActorSystem<?> system, GatheredCatalog catalog) {
    this.catalog = catalog;
    this.sharding = ClusterSharding.get(system);
    this.nobody = system.ignoreRef();
  }

  @Override
  public CompletionStage<CatalogSnapshot> latest() {
    return catalog.latest();
  }

  @Override
  public CompletionStage<CatalogSnapshot> names() {
    return catalog.names();
  }

  @Override
  public Optional<String> damage(ClusterId cluster) {
    return Optional.ofNullable(catalog.seen().damaged().get(cluster));
  }

  @Override
  public Optional<String> hindrance() {
    return catalog.hindrance();
  }

  @Override
  public void missing(boolean environment, Supplier<? extends Collection<ClusterId>> clusters) {
    if (environment) {
      sharding
          .entityRefFor(ShardedMuster.ENVIRONMENT, PersistenceIds.ENVIRONMENT_ENTITY)
          .tell(new EnvironmentMessage.Wake());
    }
    clusters.get().stream()
        .limit(WOKEN_AT_ONCE)
        .forEach(
            id ->
                sharding
                    .entityRefFor(ShardedMuster.CLUSTER, id.value())
                    .tell(new ClusterMessage.Wake(nobody)));
  }
}
