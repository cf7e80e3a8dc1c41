package dev.muster.actors.cluster;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;

import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Commands.AlterBuilder;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code ALTER CLUSTER} makes of {@code MIN SIZE} and {@code MAX SIZE}. */
class SizeRangeRulesTest {
  private static final ClusterRules RULES =
      ClusterRules.of(Sizes.GRADED, Zones.of(List.of("az1", "az2", "az3")), 5);
  private static final SizeRange RANGE = new SizeRange("small", "large");

  private static ClusterScenario serving(Managed configuration) {
    return ClusterScenario.absent()
        .underRules(RULES)
        .and(new ClusterCommand.Create(configuration, List.of()))
        .hydrated("r1");
  }

  private static ClusterScenario ranged() {
    return serving(managed("medium", 1).withSizeRange(Optional.of(RANGE)));
  }

  private static void refused(AlterBuilder alter, Rejection why) {
    ranged().when(alter.build()).thenRejected(why);
  }

  @Test
  void aRangeThatHasTheSizeMovesNothing() {
    serving(managed("medium", 1))
        .when(alter().minSize("small").maxSize("large").build())
        .thenEvents("SizeRangeChanged");
  }

  @Test
  void aRangeThatHasNotTheSizeTakesItAlongByAReconfiguration() {
    serving(managed("25cc", 1))
        .when(alter().minSize("small").maxSize("large").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az1");
  }

  @Test
  void oneEndAloneMayBeChanged() {
    ranged().when(alter().maxSize("xlarge").build()).thenEvents("SizeRangeChanged");
    ranged()
        .when(alter().minSize("large").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending large az1");
  }

  @Test
  void neitherEndIsThereAlone() {
    serving(managed("medium", 1))
        .when(alter().minSize("small").build())
        .thenRejected(new Rejection.SizeRangeIncomplete());
    refused(alter().resetMaxSize(), new Rejection.SizeRangeIncomplete());
  }

  @Test
  void withoutBothEndsTheSizeStays() {
    ranged().when(alter().resetMinSize().resetMaxSize().build()).thenEvents("SizeRangeChanged");
  }

  @Test
  void anEmptyRangeIsRefused() {
    refused(
        alter().minSize("large").maxSize("small"),
        new Rejection.SizeRangeEmpty(new SizeRange("large", "small")));
  }

  @Test
  void aSizeThatIsAskedForIsInTheRange() {
    refused(alter().size("xlarge"), new Rejection.SizeOutOfRange("xlarge", RANGE));
    ranged()
        .when(alter().size("small").build())
        .thenEvents("ReconfigurationStarted", "+r1-pending small az1");
  }

  @Test
  void theLoadAndAScheduleDoNotBothDecide() {
    refused(
        alter().schedule(new Schedule.OnRefresh(Optional.empty())),
        new Rejection.SizeRangeWithSchedule());
  }
}
