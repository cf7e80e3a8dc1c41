package dev.muster.actors.client;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where the client's reads come from. */
public interface CatalogSource {
  /** What is published, no older than this call; may never complete. */
  CompletionStage<CatalogSnapshot> latest();

  /**
   * The same, of which only the environment is wanted: the rest may be older. May never complete.
   */
  default CompletionStage<CatalogSnapshot> names() {
    return latest();
  }

  /**
   * Why a cluster's journal cannot be read, as far as is known here: on whichever node it is that
   * has tried. It may be a second old.
   */
  Optional<String> damage(ClusterId cluster);

  /** Who keeps reads waiting now, in words. */
  Optional<String> hindrance();

  /**
   * A read misses these entities.
   *
   * @param environment whether it misses the environment
   */
  void missing(boolean environment, Supplier<? extends Collection<ClusterId>> clusters);

  /** Of a single node: all entities publish here. */
  static CatalogSource local(CatalogStore store) {
    return new CatalogSource() {
      @Override
      public CompletionStage<CatalogSnapshot> latest() {
        return CompletableFuture.completedStage(store.snapshot());
      }

      @Override
      public Optional<String> damage(ClusterId cluster) {
        return Optional.ofNullable(store.snapshot().damaged().get(cluster));
      }

      @Override
      public Optional<String> hindrance() {
        return Optional.empty();
      }

      @Override
      public void missing(boolean environment, Supplier<? extends Collection<ClusterId>> clusters) {
        // The environment wakes its clusters, and they are all here.
      }
    };
  }
}
