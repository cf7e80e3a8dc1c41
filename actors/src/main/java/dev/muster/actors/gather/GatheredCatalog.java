package dev.muster.actors.gather;

import dev.muster.actors.membership.Standing;
import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** The catalog of all nodes, for the client of one. Safe for use by many threads. */
public final class GatheredCatalog {
  private static final String NAME = "muster-catalog";

  /** Where the gatherer of each node is found. */
  static final String PATH = "/system/" + NAME;

  private static final String NAMES = "muster-names";

  private final ActorRef<GatherMessage> gatherer;
  private final ActorRef<GatherMessage> names;
  private volatile String hindrance = "";
  private volatile CatalogSnapshot seen = CatalogSnapshot.EMPTY;

  /**
   * Starts this node's part of it.
   *
   * @param own where this node's entities publish
   * @param ownHosts those of this node
   * @param standing of this node
   * @param follower is told what each round has brought, one after the other, also when nobody
   *     reads; must not block
   */
  public GatheredCatalog(
      ActorSystem<?> system,
      CatalogStore own,
      List<HostLoad> ownHosts,
      Standing standing,
      Consumer<Gathered> follower) {
    this.gatherer =
        system.systemActorOf(
            Gatherer.create(
                own,
                ownHosts,
                new ClusterMembers(system, PATH),
                CatalogSession.Size.USUAL,
                gathered -> {
                  seen = gathered.all();
                  follower.accept(gathered);
                },
                text -> hindrance = text),
            NAME,
            Props.empty());
    this.names =
        system.systemActorOf(
            NameReader.create(
                own,
                new ClusterMembers(system, "/system/" + NAMES),
                standing,
                () -> seen,
                this::latest),
            NAMES,
            Props.empty());
  }

  /**
   * The rows of all nodes, no older than this call. Completes when every node has answered: whoever
   * calls must bound the wait.
   */
  public CompletionStage<CatalogSnapshot> latest() {
    CompletableFuture<CatalogSnapshot> reader = new CompletableFuture<>();
    gatherer.tell(new Gatherer.Read(reader));
    return reader;
  }

  /** The same, of which only the environment is wanted: the rest may be older. */
  public CompletionStage<CatalogSnapshot> names() {
    CompletableFuture<CatalogSnapshot> reader = new CompletableFuture<>();
    names.tell(new NameReader.Read(reader));
    return reader;
  }

  /** The rows of all nodes as the latest round has found them: some second old, at once. */
  public CatalogSnapshot seen() {
    return seen;
  }

  /** Who keeps reads waiting now, in words; empty when nobody does. */
  public Optional<String> hindrance() {
    return Optional.of(hindrance).filter(text -> !text.isEmpty());
  }
}
