package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.absent;
import static dev.muster.actors.cluster.ClusterScenario.dropped;
import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static dev.muster.actors.testing.Commands.planIn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.placement.Zones;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.ClusterCommand.CommentOn;
import dev.muster.api.command.ClusterCommand.Create;
import dev.muster.api.command.ClusterCommand.CreateReplica;
import dev.muster.api.command.ClusterCommand.Drop;
import dev.muster.api.command.ClusterCommand.DropReplicas;
import dev.muster.api.command.ClusterCommand.DropReplicasById;
import dev.muster.api.command.ClusterCommand.RenameReplica;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Rejection.ReplicaAction;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Create, drop, replicas by hand, comments. ALTER has tests of its own. */
class ClusterDeciderTest {
  private static final ReplicaId FIRST = ReplicaId.of(ClusterId.user(1), 1);
  private static final Unmanaged UNMANAGED = new Unmanaged();

  private static Create create(int factor) {
    return new Create(managed("small", factor), List.of());
  }

  @Test
  void aManagedClusterBeginsWithItsReplicasSpreadOverTheZones() {
    absent()
        .when(create(3))
        .thenEvents("ClusterCreated", "+r1 small az1", "+r2 small az2", "+r3 small az3")
        .thenNotices();
  }

  @Test
  void aReplicaCarriesItsPriceItsZoneAndItsReason() {
    absent()
        .when(create(1))
        .then(
            new ClusterCreated(ClusterId.user(1), managed("small", 1)),
            new ReplicaAdded(
                FIRST,
                "r1",
                "small",
                new BigDecimal("2"),
                "az1",
                false,
                ReplicaSettings.DEFAULT,
                false,
                Optional.empty(),
                Reason.MANUAL));
  }

  @Test
  void whatTheSystemAsksForHasTheSystemAsItsReason() {
    var scenario = absent().by(Origin.SYSTEM).and(create(1));
    scenario.when(new Drop());
    scenario.then(
        new ReplicaDropped(FIRST, Reason.SYSTEM),
        new dev.muster.journal.event.ClusterEvent.ClusterDropped());
  }

  @Test
  void factorZeroIsAClusterThatIsTurnedOff() {
    absent().when(create(0)).thenEvents("ClusterCreated");
  }

  @Test
  void clustersOfOneReplicaDoNotAllCrowdTheFirstZone() {
    absent(ClusterId.user(2)).when(create(1)).thenEvents("ClusterCreated", "+r1 small az2");
    absent(ClusterId.user(3)).when(create(1)).thenEvents("ClusterCreated", "+r1 small az3");
    absent(ClusterId.user(4)).when(create(1)).thenEvents("ClusterCreated", "+r1 small az1");
  }

  @Test
  void creationIsValidated() {
    absent()
        .when(new Create(managed("huge", 1), List.of()))
        .thenRejected(new Rejection.SizeUnknown("huge"));
    absent()
        .when(new Create(managed("small", 1, "az1", "az9"), List.of()))
        .thenRejected(new Rejection.ZoneUnknown("az9"));
    absent()
        .when(new Create(managed("small", 1, "az1", "az1"), List.of()))
        .thenRejected(new Rejection.ZoneRepeated("az1"));
    absent().when(create(99)).thenRejected(new Rejection.TooManyReplicas(99, 5, 0));
    absent()
        .when(
            new Create(
                managed("small", 1)
                    .withAutoScaling(
                        Optional.of(new AutoScalingStrategy("huge", Optional.empty()))),
                List.of()))
        .thenRejected(new Rejection.SizeUnknown("huge"));
    absent()
        .when(
            new Create(
                managed("small", 1)
                    .withAutoScaling(
                        Optional.of(new AutoScalingStrategy("small", Optional.empty()))),
                List.of()))
        .thenRejected(new Rejection.HydrationSizeEqualsSize("small"));
    absent()
        .when(
            new Create(
                managed("small", 1)
                    .withSchedule(new Schedule.OnRefresh(Optional.empty()))
                    .withAutoScaling(
                        Optional.of(new AutoScalingStrategy("large", Optional.empty()))),
                List.of()))
        .thenRejected(new Rejection.AutoScalingWithSchedule());
  }

  @Test
  void aBurstThatIsNoLargerGetsANotice() {
    absent()
        .when(
            new Create(
                managed("medium", 1)
                    .withAutoScaling(
                        Optional.of(new AutoScalingStrategy("small", Optional.empty()))),
                List.of()))
        .thenNotices(new Notice.HydrationSizeNotLarger("small", "medium"));
    absent()
        .when(
            new Create(
                managed("medium", 1)
                    .withAutoScaling(
                        Optional.of(new AutoScalingStrategy("large", Optional.empty()))),
                List.of()))
        .thenNotices();
  }

  @Test
  void aboveTheLargestSpreadSizeANoticeSaysSo() {
    absent()
        .when(new Create(managed("6400cc", 2), List.of()))
        .thenNotices(new Notice.ZoneSpreadNotGuaranteed("6400cc"));
  }

  @Test
  void anUnmanagedClusterBeginsWithTheReplicasGiven() {
    absent()
        .when(new Create(UNMANAGED, List.of(plan("x", "small"), planIn("y", "medium", "az1"))))
        .thenEvents("ClusterCreated", "+x small az1", "+y medium az1");
    absent().when(new Create(UNMANAGED, List.of())).thenEvents("ClusterCreated");
  }

  @Test
  void theReplicasOfAnUnmanagedClusterAreValidated() {
    absent()
        .when(new Create(UNMANAGED, List.of(plan("x", "small"), plan("x", "small"))))
        .thenRejected(new Rejection.ReplicaNameTaken("x"));
    absent()
        .when(new Create(UNMANAGED, List.of(plan("x", "huge"))))
        .thenRejected(new Rejection.SizeUnknown("huge"));
    absent()
        .when(new Create(UNMANAGED, List.of(planIn("x", "small", "az9"))))
        .thenRejected(new Rejection.ZoneUnknown("az9"));
  }

  @Test
  void aClusterMayBeginWithAsManyReplicasAsItMayHaveByHand() {
    List<ReplicaPlan> eleven = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      eleven.add(plan("x" + i, "small"));
    }
    absent()
        .when(new Create(UNMANAGED, eleven))
        .thenRejected(new Rejection.TooManyReplicas(11, 10, 0));
    var ten = absent().and(new Create(UNMANAGED, eleven.subList(0, 10)));
    assertEquals(10, ten.live().replicas().size());
  }

  @Test
  void whatTheEnvironmentLeadsMayBeRepeated() {
    given(managed("small", 1)).when(create(1)).thenNothing();
    dropped(managed("small", 1)).when(new Drop()).thenNothing();
    dropped(managed("small", 1)).when(new DropReplicasById(List.of(FIRST))).thenNothing();
    absent().when(new Drop()).thenNothing();
    given(UNMANAGED, plan("x", "small"))
        .and(new DropReplicasById(List.of(FIRST)))
        .when(new DropReplicasById(List.of(FIRST)))
        .thenNothing();
  }

  /** Of what another creation made, nothing is claimed to be of this one. */
  @Test
  void anIdThatHasAnotherClustersEventsIsRefused() {
    var small = given(managed("small", 1));
    Instant since = small.live().createdAt().instant();
    Rejection refused =
        new Rejection.JournalFailed(
            JournalFailure.DAMAGED, "it has events of another cluster u1, of " + since);
    small.when(new Create(managed("medium", 1), List.of())).thenRejected(refused);
    small.when(new Create(managed("small", 2), List.of())).thenRejected(refused);
    small.when(new Create(UNMANAGED, List.of())).thenRejected(refused);
    given(UNMANAGED, plan("x", "small"))
        .when(new Create(UNMANAGED, List.of(plan("x", "small"))))
        .thenNothing()
        .when(new Create(UNMANAGED, List.of()))
        .thenRejected(refused);
  }

  @Test
  void aManagedClusterHasBackWhatTheEnvironmentDrops() {
    given(managed("small", 2))
        .when(new DropReplicasById(List.of(FIRST)))
        .thenEvents("-r1", "+r1 small az1")
        .and(new DropReplicasById(List.of(FIRST)))
        .when(new DropReplicasById(List.of(FIRST)))
        .thenNothing();
    given(UNMANAGED, plan("x", "small"))
        .when(new DropReplicasById(List.of(FIRST)))
        .thenEvents("-x");
  }

  @Test
  void aDropByTheEnvironmentIsUnconditional() {
    ClusterRules withoutSizes =
        ClusterRules.of(new SizeCatalogue(List.of()), Zones.of(List.of("az1", "az2", "az3")), 5);
    given(managed("small", 2))
        .underRules(withoutSizes)
        .when(new DropReplicasById(List.of(FIRST)))
        .thenEvents("-r1");
  }

  @Test
  void aDropEndsTheReplicasFirst() {
    given(managed("small", 2)).when(new Drop()).thenEvents("-r1", "-r2", "ClusterDropped");
  }

  @Test
  void everyClientCommandToAClusterThatIsNotThereIsRefused() {
    List<ClusterCommand> commands =
        List.of(
            alter().factor(1).build(),
            new CreateReplica(plan("x", "small"), false),
            new DropReplicas(List.of("x"), true),
            new RenameReplica("x", "y", true),
            new CommentOn(Optional.empty(), Optional.of("hello")));
    for (ClusterCommand command : commands) {
      absent().when(command).thenRejected(new Rejection.ClusterGone());
      dropped(managed("small", 1)).when(command).thenRejected(new Rejection.ClusterGone());
    }
    dropped(managed("small", 1)).when(create(1)).thenRejected(new Rejection.ClusterGone());
  }

  @Test
  void replicasOfAManagedClusterAreNobodysBusiness() {
    given(managed("small", 1))
        .when(new CreateReplica(plan("x", "small"), true))
        .thenRejected(new Rejection.ReplicasAreManaged(ReplicaAction.CREATE))
        .when(new DropReplicas(List.of("r1"), true))
        .thenRejected(new Rejection.ReplicasAreManaged(ReplicaAction.DROP))
        .when(new RenameReplica("r1", "x", true))
        .thenRejected(new Rejection.ReplicasAreManaged(ReplicaAction.RENAME));
  }

  @Test
  void aReplicaIsCreatedInTheZoneWithTheFewest() {
    given(UNMANAGED, planIn("x", "small", "az1"), planIn("y", "small", "az2"))
        .when(new CreateReplica(plan("z", "small"), false))
        .thenEvents("+z small az3");
  }

  @Test
  void aReplicaIsChargedAsItIsBilled() {
    ReplicaPlan billed =
        new ReplicaPlan(
            "x", "large", Optional.empty(), ReplicaSettings.DEFAULT, true, Optional.of("25cc"));
    var scenario = given(UNMANAGED).and(new CreateReplica(billed, false));
    assertEquals(new BigDecimal("0.25"), scenario.live().replicas().getFirst().creditsPerHour());
  }

  @Test
  void creationOfAReplicaIsValidated() {
    given(UNMANAGED, plan("x", "small"))
        .when(new CreateReplica(plan("x", "small"), false))
        .thenRejected(new Rejection.ReplicaNameTaken("x"))
        .when(new CreateReplica(plan("x", "small"), true))
        .thenNothing()
        .thenNotices(new Notice.ReplicaAlreadyExists("x"))
        .when(new CreateReplica(plan("y", "huge"), false))
        .thenRejected(new Rejection.SizeUnknown("huge"))
        .when(new CreateReplica(planIn("y", "small", "az9"), false))
        .thenRejected(new Rejection.ZoneUnknown("az9"));
    given(
            UNMANAGED,
            plan("a", "small"),
            plan("b", "small"),
            plan("c", "small"),
            plan("d", "small"),
            plan("e", "small"))
        .and(new CreateReplica(plan("f", "small"), false))
        .and(new CreateReplica(plan("g", "small"), false))
        .and(new CreateReplica(plan("h", "small"), false))
        .and(new CreateReplica(plan("i", "small"), false))
        .and(new CreateReplica(plan("j", "small"), false))
        .when(new CreateReplica(plan("k", "small"), false))
        .thenRejected(new Rejection.TooManyReplicas(11, 10, 10));
  }

  @Test
  void replicasAreDroppedAllOrNone() {
    given(UNMANAGED, plan("x", "small"), plan("y", "small"))
        .when(new DropReplicas(List.of("x", "nobody"), false))
        .thenRejected(new Rejection.ReplicaUnknown("nobody"))
        .when(new DropReplicas(List.of("x", "nobody", "x"), true))
        .thenEvents("-x")
        .thenNotices(new Notice.ReplicaDoesNotExist("nobody"));
  }

  @Test
  void aReplicaIsRenamed() {
    given(UNMANAGED, plan("x", "small"), plan("y", "small"))
        .when(new RenameReplica("x", "z", false))
        .then(new ReplicaRenamed(FIRST, "x", "z"))
        .when(new RenameReplica("x", "y", false))
        .thenRejected(new Rejection.ReplicaNameTaken("y"))
        .when(new RenameReplica("nobody", "z", false))
        .thenRejected(new Rejection.ReplicaUnknown("nobody"))
        .when(new RenameReplica("nobody", "z", true))
        .thenNothing()
        .thenNotices(new Notice.ReplicaDoesNotExist("nobody"));
  }

  @Test
  void replicaIdsAreNeverUsedAgain() {
    var scenario =
        given(UNMANAGED, plan("x", "small"))
            .and(new DropReplicas(List.of("x"), false))
            .and(new CreateReplica(plan("x", "small"), false));
    assertEquals(ReplicaId.of(ClusterId.user(1), 2), scenario.live().replicas().getFirst().id());
  }

  @Test
  void commentsAreSetAndRemoved() {
    Optional<String> hello = Optional.of("hello");
    given(managed("small", 1))
        .when(new CommentOn(Optional.empty(), hello))
        .then(new CommentChanged(Optional.empty(), hello))
        .when(new CommentOn(Optional.of("r1"), hello))
        .then(new CommentChanged(Optional.of(FIRST), hello))
        .when(new CommentOn(Optional.empty(), Optional.empty()))
        .thenNothing()
        .when(new CommentOn(Optional.of("nobody"), hello))
        .thenRejected(new Rejection.ReplicaUnknown("nobody"))
        .and(new CommentOn(Optional.empty(), hello))
        .when(new CommentOn(Optional.empty(), hello))
        .thenNothing();
  }

  @Test
  void aSystemClusterIsAlteredByTheSystemOnly() {
    var system = absent(ClusterId.system(1)).and(create(0));
    system
        .when(alter().factor(1).build())
        .thenRejected(new Rejection.MustBeOwner("s1"))
        .when(new CommentOn(Optional.empty(), Optional.of("mine")))
        .thenRejected(new Rejection.MustBeOwner("s1"))
        .by(Origin.SYSTEM)
        .when(alter().factor(1).build())
        .thenEvents("ReplicationFactorChanged", "+r1 small az1");
  }
}
