package dev.muster.api.sql;

import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Notice;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Records what it is asked and answers as it was told to; everything is done where it was not. */
public final class FakeMuster implements Muster {
  /** A command as it came. */
  public record Asked(Optional<ClusterId> cluster, Object command, Origin origin) {}

  private final CatalogStore store = new CatalogStore();
  private final Deque<CompletionStage<Reply>> replies = new ArrayDeque<>();
  private final Deque<CompletionStage<ReconfigurationProgress>> progress = new ArrayDeque<>();
  private Runnable onceAskedForProgress = () -> {};
  private final Deque<Explanation> explanations = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private EnvironmentState environment = EnvironmentState.EMPTY;
  private long clock;

  public FakeMuster() {
    role("mz_system", "s1", true);
    role("mz_support", "s2", false);
    role("materialize", "u1", true);
    role("joe", "u2", false);
    system("mz_system");
    managed("quickstart", "mz_system", "25cc", 1);
  }

  private HybridTime now() {
    clock++;
    return HybridTime.ofEpochMilli(clock, 0);
  }

  private void evolve(EnvironmentEvent event) {
    environment = environment.evolve(now(), event);
    store.publish(environment, clock);
  }

  private void role(String name, String id, boolean superuser) {
    evolve(new EnvironmentEvent.RoleCreated(id, name, superuser, true, true));
  }

  private void system(String name) {
    create(ClusterId.system(1), name, "mz_system", managed("25cc", 1));
  }

  public static ClusterConfiguration.Managed managed(String size, int factor) {
    return new ClusterConfiguration.Managed(
        size,
        factor,
        List.of(),
        ReplicaSettings.DEFAULT,
        new Schedule.Manual(),
        Optional.empty(),
        Optional.empty());
  }

  private void create(ClusterId id, String name, String owner, ClusterConfiguration configuration) {
    evolve(new EnvironmentEvent.ClusterCreationStarted(id, name, owner, configuration, List.of()));
    evolve(new EnvironmentEvent.ClusterCreationFinished(id));
    publish(
        id,
        new ClusterState.Absent()
            .evolve(now(), new ClusterEvent.ClusterCreated(id, configuration)));
  }

  private void publish(ClusterId id, ClusterState state) {
    store.publish(id, state, clock);
  }

  /** A cluster that is there from now on. */
  public ClusterId managed(String name, String owner, String size, int factor) {
    return cluster(name, owner, managed(size, factor));
  }

  /** Its creation has begun, and has not ended. */
  public ClusterId creating(String name, String owner) {
    ClusterId id = ClusterId.user(environment.lastUserId() + 1);
    evolve(
        new EnvironmentEvent.ClusterCreationStarted(id, name, owner, managed("s", 1), List.of()));
    return id;
  }

  public ClusterId cluster(String name, String owner, ClusterConfiguration configuration) {
    ClusterId id = ClusterId.user(environment.lastUserId() + 1);
    create(id, name, owner, configuration);
    return id;
  }

  /** An unmanaged cluster with replicas of size small. */
  public ClusterId unmanaged(String name, String owner, String... replicas) {
    ClusterId id = cluster(name, owner, new ClusterConfiguration.Unmanaged());
    ClusterState state = store.snapshot().clusters().get(id).state();
    long number = 0;
    for (String replica : replicas) {
      number++;
      ReplicaPlan plan =
          new ReplicaPlan(
              replica, "small", Optional.empty(), ReplicaSettings.DEFAULT, false, Optional.empty());
      state = state.evolve(now(), added(ReplicaId.of(id, number), plan));
    }
    publish(id, state);
    return id;
  }

  private static ClusterEvent added(ReplicaId id, ReplicaPlan plan) {
    return new ClusterEvent.ReplicaAdded(
        id,
        plan.name(),
        plan.size(),
        BigDecimal.ONE,
        "az1",
        plan.availabilityZone().isPresent(),
        plan.settings(),
        plan.internal(),
        plan.billedAs(),
        Reason.MANUAL);
  }

  /** The answer to the next command that has none yet. */
  public void willRefuse(Rejection rejection) {
    willReply(CompletableFuture.completedFuture(new Reply.Refused(rejection)));
  }

  public void willNotice(Notice... notices) {
    willReply(CompletableFuture.completedFuture(new Reply.Done(List.of(notices))));
  }

  public void willReply(CompletionStage<Reply> reply) {
    replies.add(reply);
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The only command that came. */
  public Object onlyCommand() {
    if (asked.size() != 1) {
      throw new AssertionError("expected one command, got " + asked);
    }
    return asked.getFirst().command();
  }

  private CompletionStage<Reply> reply() {
    return replies.isEmpty()
        ? CompletableFuture.completedFuture(new Reply.Done())
        : replies.removeFirst();
  }

  @Override
  public CompletionStage<Reply> environment(EnvironmentCommand command, Origin origin) {
    asked.add(new Asked(Optional.empty(), command, origin));
    return reply();
  }

  @Override
  public CompletionStage<Reply> cluster(ClusterId cluster, ClusterCommand command, Origin origin) {
    asked.add(new Asked(Optional.of(cluster), command, origin));
    return reply();
  }

  /** What the next command to be explained would do. */
  public void willExplain(Explanation explanation) {
    explanations.add(explanation);
  }

  @Override
  public CompletionStage<Explanation> explain(EnvironmentCommand command, Origin origin) {
    asked.add(new Asked(Optional.empty(), command, origin));
    return CompletableFuture.completedFuture(explanations.removeFirst());
  }

  @Override
  public CompletionStage<Explanation> explain(
      ClusterId cluster, ClusterCommand command, Origin origin) {
    asked.add(new Asked(Optional.of(cluster), command, origin));
    return CompletableFuture.completedFuture(explanations.removeFirst());
  }

  /** The answers to the next questions for progress, in their order. */
  public void willProgress(ReconfigurationProgress... answers) {
    for (ReconfigurationProgress answer : answers) {
      progress.add(CompletableFuture.completedFuture(answer));
    }
  }

  /** What happens as soon as somebody begins to wait. */
  public void onceAskedForProgress(Runnable action) {
    onceAskedForProgress = action;
  }

  /** Nothing more is heard of a reconfiguration, once what was to be told has been told. */
  public CompletableFuture<ReconfigurationProgress> willBeSilent() {
    CompletableFuture<ReconfigurationProgress> silence = new CompletableFuture<>();
    progress.add(silence);
    return silence;
  }

  @Override
  public CompletionStage<ReconfigurationProgress> progress(
      ClusterId cluster,
      ReconfigurationHandle reconfiguration,
      Optional<ReconfigurationProgress> seen) {
    onceAskedForProgress.run();
    return progress.removeFirst();
  }

  @Override
  public CompletionStage<EnvironmentState> names() {
    return CompletableFuture.completedFuture(environment);
  }

  @Override
  public CompletionStage<CatalogSnapshot> catalog() {
    return readable()
        .thenApply(
            snapshot -> {
              snapshot.requireWhole();
              return snapshot;
            });
  }

  @Override
  public CompletionStage<CatalogSnapshot> readable() {
    return CompletableFuture.completedFuture(store.snapshot());
  }

  @Override
  public CompletionStage<CatalogSnapshot> atHand() {
    return readable();
  }
}
