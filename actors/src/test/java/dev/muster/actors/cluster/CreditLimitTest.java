package dev.muster.actors.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Commands;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** {@code max_credit_consumption_rate}: what a statement may add to. A "small" costs 2. */
class CreditLimitTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final Origin ALICE =
      new Origin("alice", Optional.empty(), Optional.empty(), Optional.empty());

  private long time;

  private Decision<ClusterEvent> decide(
      ClusterState state, ClusterCommand command, Origin by, String limit, String others) {
    BigDecimal all = new BigDecimal(others).add(CreditLimit.rate(state));
    ClusterRules rules =
        ClusterRules.of(Sizes.CATALOGUE, Zones.of(List.of("az1", "az2")), 5)
            .withCredits(new CreditLimit(Optional.of(new BigDecimal(limit)), () -> all));
    return ClusterDecider.decide(
        state, command, new ClusterContext(ID, new HybridTime(++time << 20), by, rules));
  }

  private ClusterState after(ClusterState state, Decision<ClusterEvent> decision) {
    var accepted = assertInstanceOf(Decision.Accepted.class, decision);
    ClusterState next = state;
    for (Object event : accepted.events()) {
      next = next.evolve(new HybridTime(++time << 20), (ClusterEvent) event);
    }
    return next;
  }

  private static ClusterCommand create(int factor) {
    return new ClusterCommand.Create(Commands.managed("small", factor), List.of());
  }

  private ClusterState withReplicas(int factor) {
    ClusterState absent = new ClusterState.Absent();
    return after(absent, decide(absent, create(factor), ALICE, "1000", "0"));
  }

  private static void assertRefused(
      String desired, String limit, String current, Decision<ClusterEvent> decision) {
    var rejected = assertInstanceOf(Decision.Rejected.class, decision);
    var much = assertInstanceOf(Rejection.CreditRateExceeded.class, rejected.rejection());
    assertEquals(
        List.of(0, 0, 0),
        List.of(
            much.desired().compareTo(new BigDecimal(desired)),
            much.limit().compareTo(new BigDecimal(limit)),
            much.current().compareTo(new BigDecimal(current))),
        much.toString());
  }

  @Test
  void whatWouldPassTheLimitIsRefusedWithBothFigures() {
    assertRefused("11", "10", "5", decide(new ClusterState.Absent(), create(3), ALICE, "10", "5"));
  }

  @Test
  void whatReachesTheLimitExactlyIsAllowed() {
    after(
        new ClusterState.Absent(), decide(new ClusterState.Absent(), create(3), ALICE, "11", "5"));
  }

  @Test
  void whatLowersTheRateIsAllowedThoughItIsAboveTheLimit() {
    ClusterState three = withReplicas(3);
    after(three, decide(three, Commands.alter().factor(2).build(), ALICE, "1", "50"));
  }

  @Test
  void whatChangesNoRateIsAllowedThoughItIsAboveTheLimit() {
    ClusterState three = withReplicas(3);
    after(
        three,
        decide(
            three,
            new ClusterCommand.CommentOn(Optional.empty(), Optional.of("dear")),
            ALICE,
            "1",
            "50"));
  }

  @Test
  void replicasByHandCountAndThoseThatMusterHasForItselfDoNot() {
    ClusterState absent = new ClusterState.Absent();
    ClusterState empty =
        after(
            absent,
            decide(
                absent,
                new ClusterCommand.Create(new ClusterConfiguration.Unmanaged(), List.of()),
                ALICE,
                "1",
                "0"));
    assertRefused("2", "1", "0", decide(empty, replica(false, Optional.empty()), ALICE, "1", "0"));
    after(empty, decide(empty, replica(true, Optional.empty()), ALICE, "1", "0"));
    assertRefused(
        "2", "1", "0", decide(empty, replica(true, Optional.of("small")), ALICE, "1", "0"));
  }

  private static ClusterCommand replica(boolean internal, Optional<String> billedAs) {
    return new ClusterCommand.CreateReplica(
        new ReplicaPlan(
            "r", "small", Optional.empty(), ReplicaSettings.DEFAULT, internal, billedAs),
        false);
  }

  @Test
  void theNewReplicasOfAReconfigurationCountBesideTheOld() {
    ClusterState two = withReplicas(2);
    Decision<ClusterEvent> decision =
        decide(two, Commands.alter().size("medium").build(), ALICE, "10", "0");
    var rejected = assertInstanceOf(Decision.Rejected.class, decision);
    var much = assertInstanceOf(Rejection.CreditRateExceeded.class, rejected.rejection());
    assertEquals(0, much.current().compareTo(new BigDecimal("4")), much.toString());
    assertTrue(much.desired().compareTo(new BigDecimal("10")) > 0, much.toString());
  }

  @Test
  void whatMusterDoesByItselfIsNotRefused() {
    ClusterState absent = new ClusterState.Absent();
    after(absent, decide(absent, create(3), Origin.SYSTEM, "1", "50"));
  }

  /** Whatever statements ask for: no accepted one brings the rate from below the limit above it. */
  @Property(tries = 200)
  void noStatementPassesTheLimit(
      @ForAll List<@IntRange(min = 0, max = 5) Integer> factors,
      @ForAll @IntRange(min = 0, max = 12) int limit) {
    ClusterState state = new ClusterState.Absent();
    for (int factor : factors) {
      ClusterCommand command =
          state instanceof ClusterState.Absent
              ? create(factor)
              : Commands.alter().factor(factor).build();
      BigDecimal before = CreditLimit.rate(state);
      if (decide(state, command, ALICE, Integer.toString(limit), "0")
          instanceof Decision.Accepted<ClusterEvent> accepted) {
        state = after(state, accepted);
        BigDecimal most = before.max(BigDecimal.valueOf(limit));
        assertTrue(CreditLimit.rate(state).compareTo(most) <= 0);
      } else {
        assertTrue(
            BigDecimal.valueOf(2L * factor).compareTo(BigDecimal.valueOf(limit)) > 0,
            "refused without need");
      }
    }
  }
}
