package dev.muster.actors.client;

import dev.muster.actors.entity.EntityHealth;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Reads what entities have published, once that is complete. Entities publish before they reply, so
 * a complete snapshot holds every change acknowledged before (invariant 9). Safe for use by many
 * threads.
 *
 * <p>On one node all entities are here. With several, the source gathers the others' rows.
 */
final class CatalogReader {
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(10);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int NAMED_AT_MOST = 5;
  private static final int LOOKS_BEFORE_ROUSING = 20;

  private final ActorSystem<?> system;
  private final CatalogSource source;
  private final EntityHealth health;
  private final Duration timeout;

  /** The latest snapshot that was found complete. */
  private volatile CatalogSnapshot complete = CatalogSnapshot.EMPTY;

  private volatile Expectation expectation =
      new Expectation(CatalogSnapshot.EMPTY.environment(), 0);

  /**
   * How many clusters an environment wants published. A start with very many is waited for by
   * looking often; as long as the number alone tells that it is not over, that look costs nothing.
   */
  private record Expectation(Published<EnvironmentState> environment, long clusters) {
    static Expectation of(Published<EnvironmentState> environment) {
      return new Expectation(
          environment,
          environment.state().clusters().values().stream()
              .filter(entry -> entry.creating().isEmpty())
              .count());
    }

    boolean isBeyond(CatalogSnapshot snapshot) {
      return environment == snapshot.environment()
          && snapshot.clusters().size() + snapshot.damaged().size() < clusters;
    }
  }

  CatalogReader(
      ActorSystem<?> system, CatalogSource source, EntityHealth health, Duration timeout) {
    this.system = system;
    this.source = source;
    this.health = health;
    this.timeout = timeout;
  }

  /** The snapshot, once the environment is in it. */
  CompletionStage<CatalogSnapshot> withEnvironment() {
    return await(new Wanted(source::names, CatalogReader::hasEnvironment, snapshot -> {}));
  }

  /** The snapshot, once everything is in it; fails at once where something cannot be read. */
  CompletionStage<CatalogSnapshot> whole() {
    return await(new Wanted(source::latest, this::isComplete, CatalogSnapshot::requireWhole));
  }

  /** The snapshot, once everything is in it that can be read. */
  CompletionStage<CatalogSnapshot> readable() {
    return await(new Wanted(source::latest, this::isComplete, snapshot -> {}));
  }

  /** What is there already, if it can be had soon. */
  CompletionStage<CatalogSnapshot> atHand() {
    CompletableFuture<CatalogSnapshot> latest = source.latest().toCompletableFuture();
    if (latest.isDone()) {
      return latest;
    }
    CompletableFuture<CatalogSnapshot> result = new CompletableFuture<>();
    Cancellable deadline =
        system
            .scheduler()
            .scheduleOnce(
                SOON, () -> result.complete(CatalogSnapshot.EMPTY), system.executionContext());
    latest.whenComplete(
        (now, failure) -> {
          deadline.cancel();
          result.complete(failure == null ? now : CatalogSnapshot.EMPTY);
        });
    return result;
  }

  /**
   * What a reader wants.
   *
   * @param ready whether a snapshot has it
   * @param hope throws where it can have it never
   */
  private record Wanted(
      Supplier<CompletionStage<CatalogSnapshot>> read,
      Predicate<CatalogSnapshot> ready,
      Consumer<CatalogSnapshot> hope) {
    /** Whether that is all that there is to say about it. */
    boolean settle(CatalogSnapshot snapshot, CompletableFuture<CatalogSnapshot> result) {
      try {
        hope.accept(snapshot);
        return ready.test(snapshot) && result.complete(snapshot);
      } catch (CatalogIncompleteException hopeless) {
        return result.completeExceptionally(hopeless);
      }
    }
  }

  private static boolean hasEnvironment(CatalogSnapshot snapshot) {
    return snapshot.environment().state().environmentId().isPresent();
  }

  /**
   * Counting what is missing looks at every cluster, so it is done only when it can have changed:
   * when the environment did, or when some cluster was withdrawn.
   */
  private boolean isComplete(CatalogSnapshot snapshot) {
    if (!hasEnvironment(snapshot)) {
      return false;
    }
    CatalogSnapshot known = complete;
    boolean unchanged =
        known.environment() == snapshot.environment()
            && known.withdrawals() == snapshot.withdrawals();
    if (!unchanged && expectation.isBeyond(snapshot)) {
      return false;
    }
    if (unchanged || snapshot.missing() == 0) {
      complete = snapshot;
      return true;
    }
    expectation = Expectation.of(snapshot.environment());
    return false;
  }

  private CompletionStage<CatalogSnapshot> await(Wanted wanted) {
    CompletionStage<CatalogSnapshot> latest = wanted.read().get();
    CompletableFuture<CatalogSnapshot> result = new CompletableFuture<>();
    CompletableFuture<CatalogSnapshot> now = latest.toCompletableFuture();
    if (!now.isDone() || now.isCompletedExceptionally() || !wanted.settle(now.join(), result)) {
      new Waiting(wanted, result).look(latest);
    }
    return result;
  }

  /** A read that cannot be answered at once. */
  private final class Waiting {
    private final Wanted wanted;
    private final CompletableFuture<CatalogSnapshot> result;
    private final Cancellable deadline;
    private volatile CatalogSnapshot last = CatalogSnapshot.EMPTY;
    private int looks;

    Waiting(Wanted wanted, CompletableFuture<CatalogSnapshot> result) {
      this.wanted = wanted;
      this.result = result;
      this.deadline =
          system
              .scheduler()
              .scheduleOnce(
                  timeout,
                  () -> result.completeExceptionally(new CatalogIncompleteException(explain(last))),
                  system.executionContext());
    }

    void look(CompletionStage<CatalogSnapshot> latest) {
      latest.whenComplete(
          (now, failure) -> {
            if (failure != null) {
              deadline.cancel();
              result.completeExceptionally(failure);
            } else if (wanted.settle(now, result)) {
              deadline.cancel();
            } else if (!result.isDone()) {
              last = now;
              rouse(now);
              system
                  .scheduler()
                  .scheduleOnce(
                      LOOK_AGAIN_AFTER, () -> look(wanted.read().get()), system.executionContext());
            }
          });
    }

    private void rouse(CatalogSnapshot now) {
      if (looks++ % LOOKS_BEFORE_ROUSING == 0) {
        source.missing(!hasEnvironment(now), () -> missing(now));
      }
    }
  }

  private String explain(CatalogSnapshot snapshot) {
    Optional<String> hindrance = source.hindrance();
    if (hindrance.isPresent()) {
      return "not every node could be asked: " + hindrance.get();
    }
    if (!hasEnvironment(snapshot)) {
      return "the environment is not available"
          + health.environment().map(reason -> ": " + reason).orElse(" yet");
    }
    List<ClusterId> missing = missing(snapshot);
    String named =
        missing.stream()
            .limit(NAMED_AT_MOST)
            .map(id -> describe(id, snapshot))
            .collect(Collectors.joining("; "));
    return "%d of %d clusters are not available: %s%s"
        .formatted(
            missing.size(),
            snapshot.environment().state().clusters().size(),
            named,
            missing.size() > NAMED_AT_MOST ? "; ..." : "");
  }

  private static List<ClusterId> missing(CatalogSnapshot snapshot) {
    return snapshot.environment().state().clusters().values().stream()
        .filter(entry -> entry.creating().isEmpty())
        .map(entry -> entry.id())
        .filter(id -> !snapshot.isKnown(id))
        .sorted()
        .toList();
  }

  private String describe(ClusterId id, CatalogSnapshot snapshot) {
    Optional<String> name =
        snapshot.environment().state().cluster(id).map(entry -> " \"" + entry.name() + "\"");
    return id + name.orElse("") + health.cluster(id).map(reason -> ", " + reason).orElse("");
  }
}
