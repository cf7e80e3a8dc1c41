package dev.muster.actors.client;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.entity.Answer;
import dev.muster.actors.entity.ClusterMessage;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.explain.Explainer;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.time.HybridClock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** {@link Muster} over cluster sharding. Every call is bounded. Safe for use by many threads. */
public final class ShardedMuster implements Muster {
  public static final EntityTypeKey<EnvironmentMessage> ENVIRONMENT =
      EntityTypeKey.create(EnvironmentMessage.class, PersistenceIds.ENVIRONMENT_TYPE);

  public static final EntityTypeKey<ClusterMessage> CLUSTER =
      EntityTypeKey.create(ClusterMessage.class, PersistenceIds.CLUSTER_TYPE);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final CatalogSource source;
  private final HybridClock clock;
  private final EntityHealth health;
  private final ClientSettings settings;
  private final CatalogReader reader;
  private final EntityRef<EnvironmentMessage> environment;
  private final Supplier<ClusterRules> rules;
  private final Function<Set<String>, ClusterRules> rulesWithout;

  /**
   * @param rulesWithout the rules with exactly these zones out of service
   */
  public ShardedMuster(
      ActorSystem<?> system,
      CatalogSource source,
      HybridClock clock,
      EntityHealth health,
      Supplier<ClusterRules> rules,
      Function<Set<String>, ClusterRules> rulesWithout,
      ClientSettings settings) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.source = source;
    this.clock = clock;
    this.health = health;
    this.rules = rules;
    this.rulesWithout = rulesWithout;
    this.settings = settings;
    this.reader = new CatalogReader(system, source, health, settings.catalogTimeout());
    this.environment = sharding.entityRefFor(ENVIRONMENT, PersistenceIds.ENVIRONMENT_ENTITY);
  }

  @Override
  public CompletionStage<Reply> environment(EnvironmentCommand command, Origin origin) {
    Optional<String> unreadable = health.environment();
    if (unreadable.isPresent()) {
      return refused(
          "the environment cannot be read: " + unreadable.get(), health.isEnvironmentDamaged());
    }
    HybridTime now = clock.next();
    return reply(
        ask(
            environment,
            (ActorRef<Answer> replyTo) ->
                new EnvironmentMessage.Execute(command, origin, now, deadline(now), replyTo),
            EnvironmentMessage.ExecuteAgain::new));
  }

  @Override
  public CompletionStage<Reply> cluster(ClusterId cluster, ClusterCommand command, Origin origin) {
    Optional<String> damage = source.damage(cluster);
    Optional<String> unreadable = damage.or(() -> health.cluster(cluster));
    if (unreadable.isPresent()) {
      return refused(
          "cluster " + cluster + " cannot be read: " + unreadable.get(),
          damage.isPresent() || health.isDamaged(cluster));
    }
    HybridTime now = clock.next();
    return reply(
        ask(
            sharding.entityRefFor(CLUSTER, cluster.value()),
            (ActorRef<Answer> replyTo) ->
                new ClusterMessage.Execute(command, origin, now, deadline(now), 0, replyTo),
            ClusterMessage.ExecuteAgain::new));
  }

  @Override
  public CompletionStage<ReconfigurationProgress> progress(
      ClusterId cluster,
      ReconfigurationHandle reconfiguration,
      Optional<ReconfigurationProgress> seen) {
    CompletionStage<ReconfigurationProgress> asked =
        ask(
            sharding.entityRefFor(CLUSTER, cluster.value()),
            (ActorRef<ReconfigurationProgress> replyTo) ->
                new ClusterMessage.Watch(reconfiguration, seen, replyTo),
            watch -> watch);
    return asked.exceptionally(
        failure -> {
          if (cause(failure) instanceof TimeoutException) {
            return new ReconfigurationProgress.Ended(unknown());
          }
          throw new CompletionException(cause(failure));
        });
  }

  private Rejection unknown() {
    return new Rejection.OutcomeUnknown(
        "no answer within " + settings.commandTimeout().toMillis() + " ms");
  }

  @Override
  public CompletionStage<Explanation> explain(EnvironmentCommand command, Origin origin) {
    return reader.readable().thenApply(snapshot -> explainer(snapshot, origin).explain(command));
  }

  @Override
  public CompletionStage<Explanation> explain(
      ClusterId cluster, ClusterCommand command, Origin origin) {
    return reader
        .readable()
        .thenApply(snapshot -> explainer(snapshot, origin).explain(cluster, command));
  }

  private Explainer explainer(CatalogSnapshot snapshot, Origin origin) {
    return new Explainer(
        snapshot.environment().state(),
        id -> {
          snapshot.requireReadable(id);
          return Optional.ofNullable(snapshot.clusters().get(id))
              .map(Published::state)
              .orElseGet(ClusterState.Absent::new);
        },
        clock.next(),
        origin,
        rules.get(),
        rulesWithout);
  }

  @Override
  public CompletionStage<EnvironmentState> names() {
    return reader.withEnvironment().thenApply(snapshot -> snapshot.environment().state());
  }

  @Override
  public CompletionStage<CatalogSnapshot> catalog() {
    return reader.whole();
  }

  @Override
  public CompletionStage<CatalogSnapshot> readable() {
    return reader.readable();
  }

  @Override
  public CompletionStage<CatalogSnapshot> atHand() {
    return reader.atHand();
  }

  /**
   * Sends a message, and sends it again from time to time until it is answered: one may be lost on
   * its way, as when its entity moves from node to node just then.
   *
   * @param again what is sent then
   * @param <M> the entity's messages
   */
  private <M, F extends M, A> CompletionStage<A> ask(
      EntityRef<M> entity, Function<ActorRef<A>, F> message, Function<F, M> again) {
    AtomicReference<F> sent = new AtomicReference<>();
    CompletionStage<A> asked =
        entity.ask(
            replyTo -> {
              sent.set(message.apply(replyTo));
              return sent.get();
            },
            settings.commandTimeout());
    Cancellable repeated =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                settings.askAgainAfter(),
                settings.askAgainAfter(),
                () -> entity.tell(again.apply(sent.get())),
                system.executionContext());
    // On the thread that brings the answer: a stage of Scala would take another one for it.
    return asked.handleAsync(
        (answer, failure) -> {
          repeated.cancel();
          if (failure != null) {
            throw new CompletionException(cause(failure));
          }
          return answer;
        },
        Runnable::run);
  }

  private long deadline(HybridTime now) {
    return now.epochMillis() + settings.commandTimeout().toMillis();
  }

  /**
   * @param damaged whether no later attempt will go better
   */
  private static CompletionStage<Reply> refused(String reason, boolean damaged) {
    return CompletableFuture.completedStage(
        new Reply.Refused(
            damaged
                ? new Rejection.JournalFailed(JournalFailure.DAMAGED, reason)
                : new Rejection.Unavailable(reason)));
  }

  private CompletionStage<Reply> reply(CompletionStage<Answer> asked) {
    return asked.handle(this::reply);
  }

  private Reply reply(Answer answer, Throwable failure) {
    if (failure == null) {
      clock.observe(answer.at());
      return answer.reply();
    }
    if (cause(failure) instanceof TimeoutException) {
      return new Reply.Refused(unknown());
    }
    throw new CompletionException(cause(failure));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
