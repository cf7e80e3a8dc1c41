package dev.muster.actors.cluster;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.Steady;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.command.Notice;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.Automation;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.AutoScalingChanged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.ReconfigurationCancelled;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationRetargeted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SettingsChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ClusterEvent.SizeRangeChanged;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a managed cluster comes from what it is to what is wanted: at once, or by a reconfiguration.
 *
 * <p>One rule decides: what would replace realized replicas by others is graceful, unless the
 * statement says {@code WAIT FOR '0s'}; everything else (more replicas, fewer, none, and what does
 * not concern replicas) interrupts nothing that was to stay, and happens at once. So a factor alone
 * is immediate as long as the spread over zones moves nothing, as is every change of a cluster that
 * is off or is turned off.
 *
 * <p>What is wanted is laid over the target of a reconfiguration under way, since that is what was
 * declared last. Where it then is what is realized, the reconfiguration is cancelled; where it is
 * something else, it is re-targeted.
 */
final class ChangePlan {
  private final ClusterState.Live state;
  private final Managed realized;
  private final Managed wanted;
  private final ReconfigurationTarget target;
  private final WaitPolicy policy;
  private final ClusterContext context;

  /**
   * @param state of a managed cluster
   */
  ChangePlan(ClusterState.Live state, Managed wanted, WaitPolicy policy, ClusterContext context) {
    this.state = state;
    this.realized = state.managed().orElseThrow();
    this.wanted = wanted;
    this.target = ReconfigurationTarget.of(wanted);
    this.policy = policy;
    this.context = context;
  }

  /**
   * @param remarks to be given as notices where anything changes
   */
  Decision<ClusterEvent> decide(List<Notice> remarks) {
    boolean toTheTarget = underway().filter(target::sameReplicas).isPresent();
    Draft draft;
    if (isImmediate()) {
      draft = toTheTarget ? cutOverNow() : atOnce();
    } else {
      Draft immediate = atOnce();
      draft = replaces(immediate) ? gracefully(toTheTarget) : immediate;
    }
    if (!draft.isEmpty()) {
      remarks.forEach(draft::notice);
    }
    return draft.accept();
  }

  /** At once, replicas would make way for others now, or soon: where other zones move them. */
  private boolean replaces(Draft immediate) {
    boolean moves =
        !wanted.availabilityZones().equals(realized.availabilityZones())
            && immediate.live().replicas().stream()
                .anyMatch(
                    replica -> ZoneRepair.isMoving(replica) && !state.replicas().contains(replica));
    return moves || immediate.replaces(this::realizedReplicas);
  }

  private Optional<ReconfigurationTarget> underway() {
    return state.reconfiguration().map(Reconfiguration::target);
  }

  private boolean isImmediate() {
    return policy instanceof WaitPolicy.For wait && wait.duration().isZero();
  }

  /** Those that serve in another zone already are realized with the next pass. */
  private List<ReplicaId> realizedReplicas() {
    return state.replicas().stream()
        .filter(one -> Steady.isSteady(one) || ZoneRepair.isMoving(one) && one.serves())
        .map(Replica::id)
        .toList();
  }

  private Draft atOnce() {
    Draft draft = new Draft(state, context);
    if (underway().isPresent()) {
      draft.add(new ReconfigurationCancelled(underway().get()));
      if (target.equals(ReconfigurationTarget.of(realized))) {
        draft.notice(new Notice.ReconfigurationCancelled());
      }
    }
    changeReplicas(draft);
    changeAutomation(realized, draft);
    if (!draft.isEmpty()) {
      draft.reconcile();
    }
    return draft;
  }

  /** The replicas that were meant to replace the others are there: they do so now. */
  private Draft cutOverNow() {
    Draft draft = new Draft(state, context);
    List<Replica> pending = GracefulReconfiguration.pending(state, target);
    boolean served =
        state.replicas().stream()
            .filter(replica -> pending.contains(replica) || HydrationBurst.isBurst(replica))
            .anyMatch(Replica::serves);
    boolean hydrated = pending.stream().allMatch(Replica::serves);
    ReconfigurationFinished cutOver = GracefulReconfiguration.cutOver(state, hydrated);
    draft.add(cutOver);
    changeAutomation(draft.live().managed().orElseThrow(), draft);
    if (!served) {
      draft.notice(new Notice.ServingInterrupted(cutOver.retired().size()));
    }
    draft.reconcile();
    return draft;
  }

  /**
   * @param toTheTarget whether the replicas that are wanted are on their way
   */
  private Draft gracefully(boolean toTheTarget) {
    Draft draft = new Draft(state, context);
    if (toTheTarget && !policy.waits()) {
      besides(draft);
    } else {
      Instant deadline = deadline();
      OnTimeout action = onTimeout();
      String by = context.by().role();
      ReconfigurationTarget whole = target.with(automation(realized));
      if (underway().isEmpty()) {
        draft.add(
            new ReconfigurationStarted(
                ReconfigurationTarget.of(realized), whole, deadline, action, by));
      } else {
        retarget(
            new ReconfigurationRetargeted(underway().get(), whole, deadline, action, by), draft);
      }
      draft.notice(
          toTheTarget
              ? new Notice.ReconfigurationDeadlineChanged(deadline, action)
              : new Notice.ReconfigurationStarted(
                  target, deadline, action, underway().isPresent()));
    }
    if (!draft.isEmpty()) {
      draft.reconcile();
    }
    return draft;
  }

  /** What is so already, as after a repeated statement of the same moment, is not said again. */
  private void retarget(ReconfigurationRetargeted wish, Draft draft) {
    Reconfiguration under = state.reconfiguration().orElseThrow();
    boolean same =
        wish.newTarget().equals(under.target())
            && wish.deadline().equals(under.deadline())
            && wish.onTimeout() == under.onTimeout()
            && wish.retargetedBy().equals(under.startedBy());
    if (!same) {
      draft.add(wish);
    }
  }

  /**
   * A statement that wants no other replicas than those on their way: what it changes has nothing
   * to wait for, and stays though the reconfiguration be rolled back.
   */
  private void besides(Draft draft) {
    changeAutomation(state.declared().orElseThrow(), draft);
    Reconfiguration under = state.reconfiguration().orElseThrow();
    ReconfigurationTarget whole = target.with(automation(draft.live().managed().orElseThrow()));
    if (!whole.equals(under.target())) {
      draft.add(
          new ReconfigurationRetargeted(
              under.target(), whole, under.deadline(), under.onTimeout(), under.startedBy()));
    }
  }

  /** What the cut-over is to change beside the replicas. */
  private Optional<Automation> automation(Managed inForce) {
    Automation automation = Automation.of(wanted);
    return automation.equals(Automation.of(inForce)) ? Optional.empty() : Optional.of(automation);
  }

  private Instant deadline() {
    Duration timeout =
        switch (policy) {
          case WaitPolicy.Unspecified ignored -> context.rules().reconfigurationTimeout();
          case WaitPolicy.For wait -> wait.duration();
          case WaitPolicy.UntilReady ready -> ready.timeout();
        };
    return Instant.ofEpochMilli(context.now().epochMillis()).plusMillis(timeout.toMillis());
  }

  private OnTimeout onTimeout() {
    return switch (policy) {
      case WaitPolicy.Unspecified ignored -> OnTimeout.ROLLBACK;
      case WaitPolicy.For ignored -> OnTimeout.COMMIT;
      case WaitPolicy.UntilReady ready -> ready.onTimeout();
    };
  }

  private void changeReplicas(Draft draft) {
    if (!wanted.size().equals(realized.size())) {
      draft.add(new SizeChanged(realized.size(), wanted.size()));
    }
    if (wanted.replicationFactor() != realized.replicationFactor()) {
      draft.add(
          new ReplicationFactorChanged(realized.replicationFactor(), wanted.replicationFactor()));
    }
    if (!wanted.availabilityZones().equals(realized.availabilityZones())) {
      draft.add(
          new AvailabilityZonesChanged(realized.availabilityZones(), wanted.availabilityZones()));
    }
    if (!wanted.settings().equals(realized.settings())) {
      draft.add(new SettingsChanged(realized.settings(), wanted.settings()));
    }
  }

  /**
   * What is in force already is no change, though a cut-over was to bring something else: then it
   * is the target alone that changes.
   *
   * @param before what is wanted otherwise than in here is changed
   */
  private void changeAutomation(Managed before, Draft draft) {
    Managed inForce = draft.live().managed().orElseThrow();
    if (isChanged(Managed::schedule, before, inForce)) {
      draft.add(new ScheduleChanged(inForce.schedule(), wanted.schedule()));
    }
    if (isChanged(Managed::sizeRange, before, inForce)) {
      draft.add(new SizeRangeChanged(inForce.sizeRange(), wanted.sizeRange()));
    }
    if (isChanged(Managed::autoScaling, before, inForce)) {
      draft.add(new AutoScalingChanged(inForce.autoScaling(), wanted.autoScaling()));
    }
  }

  private boolean isChanged(Function<Managed, ?> part, Managed before, Managed inForce) {
    Object now = part.apply(wanted);
    return !now.equals(part.apply(before)) && !now.equals(part.apply(inForce));
  }
}
