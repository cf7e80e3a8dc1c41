package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static dev.muster.actors.testing.Commands.planIn;

import dev.muster.api.command.ClusterCommand.DropReplicas;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Between managed and unmanaged, by the rules of the design of managed clusters. */
class ConversionTest {
  private static final Unmanaged UNMANAGED = new Unmanaged();

  @Test
  void replicasOfOneSizeAndOfTheRightNamesBecomeManaged() {
    given(UNMANAGED, plan("r2", "small"), plan("r1", "small"))
        .when(alter().managed(true).build())
        .then(new ConvertedToManaged(managed("small", 2)))
        .thenNotices();
  }

  @Test
  void differentSizesAreReported() {
    given(UNMANAGED, plan("r1", "small"), plan("r2", "medium"))
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.SizesDiffer());
  }

  @Test
  void namesOffThePatternAreListed() {
    given(UNMANAGED, plan("foo", "small"), plan("bar", "small"), plan("r3", "small"))
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.NamesOffPattern(List.of("foo", "bar")));
    given(UNMANAGED, plan("r0", "small"), plan("r01", "small"), plan("R1", "small"))
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.NamesOffPattern(List.of("r0", "r01", "R1")));
  }

  @Test
  void aGapIsReportedEvenIfSizesDifferToo() {
    given(UNMANAGED, plan("r1", "small"), plan("r3", "medium"))
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.NameMissing("r2"));
  }

  @Test
  void aFactorThatIsGivenMustAgree() {
    given(UNMANAGED, plan("r1", "small"))
        .when(alter().managed(true).factor(4).build())
        .thenRejected(new Rejection.FactorDoesNotMatch(4, 1))
        .when(alter().managed(true).factor(1).build())
        .then(new ConvertedToManaged(managed("small", 1)));
  }

  @Test
  void aSizeThatIsGivenMustAgree() {
    given(UNMANAGED, plan("r1", "small"))
        .when(alter().managed(true).size("medium").build())
        .thenRejected(new Rejection.SizeDoesNotMatch("small", "medium"))
        .when(alter().managed(true).size("small").build())
        .then(new ConvertedToManaged(managed("small", 1)));
  }

  @Test
  void withoutReplicasTheSizeMustBeGiven() {
    given(UNMANAGED)
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.SizeNotGiven())
        .when(alter().managed(true).size("small").build())
        .then(new ConvertedToManaged(managed("small", 0)))
        .when(alter().managed(true).size("huge").build())
        .thenRejected(new Rejection.SizeUnknown("huge"));
  }

  @Test
  void aReplicaStaysWhereItsUserPutIt() {
    given(UNMANAGED, planIn("r1", "small", "az1"), planIn("r2", "small", "az1"))
        .when(alter().managed(true).build())
        .thenEvents("ConvertedToManaged")
        .when(alter().managed(true).zones("az2", "az3").build())
        .thenEvents("ConvertedToManaged", "-r1", "-r2", "+r1 small az2", "+r2 small az3");
  }

  @Test
  void aConversionSaysHowManyReplicasItRecreates() {
    given(UNMANAGED, planIn("r1", "small", "az1"), planIn("r2", "small", "az2"))
        .when(alter().managed(true).zones("az1", "az3").build())
        .thenEvents("ConvertedToManaged", "-r2", "+r2 small az3")
        .thenNotices(new Notice.ReplicasRecreated(1));
  }

  @Test
  void aConversionThatRecreatesAllReplicasInterruptsServing() {
    given(UNMANAGED, planIn("r1", "small", "az1"), planIn("r2", "small", "az1"))
        .when(alter().managed(true).zones("az2", "az3").build())
        .thenNotices(new Notice.ServingInterrupted(2));
  }

  @Test
  void moreReplicasThanAManagedClusterMayHaveDoNotBecomeManaged() {
    ReplicaPlan[] six = new ReplicaPlan[6];
    for (int i = 0; i < six.length; i++) {
      six[i] = plan("r" + (i + 1), "small");
    }
    given(UNMANAGED, six)
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.TooManyReplicas(6, 5, 0))
        .and(new DropReplicas(List.of("r6"), false))
        .when(alter().managed(true).build())
        .thenEvents("ConvertedToManaged");
  }

  @Test
  void everyManagedClusterBecomesUnmanagedAndKeepsItsReplicas() {
    given(managed("small", 2))
        .when(alter().managed(false).build())
        .then(new ConvertedToUnmanaged())
        .and(alter().managed(false).build())
        .and(new DropReplicas(List.of("r1"), false))
        .when(alter().managed(true).build())
        .thenRejected(new Rejection.NameMissing("r1"))
        .when(alter().managed(false).build())
        .thenNothing();
  }

  @Test
  void aClusterThatBecomesUnmanagedSaysWhatItLoses() {
    given(managed("small", 2).withSizeRange(Optional.of(new SizeRange("small", "medium"))))
        .when(alter().managed(false).build())
        .then(new ConvertedToUnmanaged())
        .thenNotices(new Notice.OptionsGivenUp(List.of("MIN SIZE", "MAX SIZE")));
    given(managed("small", 1, "az1").withSchedule(new Schedule.OnRefresh(Optional.empty())))
        .when(alter().managed(false).build())
        .thenNotices(new Notice.OptionsGivenUp(List.of("AVAILABILITY ZONES", "SCHEDULE")));
    given(managed("small", 1)).when(alter().managed(false).build()).thenNotices();
  }
}
