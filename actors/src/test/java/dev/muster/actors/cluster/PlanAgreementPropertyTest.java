package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterHistories.ALICE;
import static dev.muster.actors.cluster.ClusterHistories.ID;
import static dev.muster.actors.cluster.ClusterHistories.ZONES;
import static dev.muster.actors.cluster.ClusterHistories.context;
import static dev.muster.actors.cluster.ClusterHistories.events;
import static dev.muster.actors.testing.Commands.managed;

import dev.muster.actors.cluster.ClusterHistories.Step;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.ClusterState;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What EXPLAIN says of each step of any history is what the step then does. */
class PlanAgreementPropertyTest {
  @Provide
  Arbitrary<List<Step>> scaledHistories() {
    return ClusterHistories.scaledHistories();
  }

  @Property(tries = 200)
  void planAndExecutionAgree(@ForAll("scaledHistories") List<Step> history) {
    ClusterState state = created();
    long millis = 0;
    for (Step step : history) {
      millis += step instanceof Step.Passes passes ? passes.millis() : 1;
      if (step instanceof Step.Asked asked) {
        PlanAgreement.check(ID, state, asked.command(), context(millis, ALICE));
        PlanAgreement.check(ID, state, asked.command(), inNeed(millis));
      }
      for (ClusterEvent event : events(state, step, millis)) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
      }
      for (ClusterEvent event : ClusterPass.decide(state, context(millis, Origin.SYSTEM))) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
      }
    }
  }

  /** A zone is lost, and in those left there is room for three replicas more. */
  private static ClusterContext inNeed(long millis) {
    Fleet little =
        Fleet.EMPTY
            .with(HostLoad.idle("h2", "az2", new Resources(1_000_000_000L, 1L << 30)))
            .with(HostLoad.idle("h3", "az3", new Resources(2_000_000_000L, 2L << 30)));
    return new ClusterContext(
        ID,
        HybridTime.ofEpochMilli(millis, 0),
        ALICE,
        ClusterScenario.RULES.withFleet(
            new Zones(ZONES, Set.of("az2", "az3")), little, Demand.NOMINAL));
  }

  private static ClusterState created() {
    ClusterState state = new ClusterState.Absent();
    Step create = new Step.Asked(new ClusterCommand.Create(managed("small", 2), List.of()));
    for (ClusterEvent event : events(state, create, 0)) {
      state = state.evolve(HybridTime.ZERO, event);
    }
    return state;
  }
}
