package dev.muster.journal.codec;

import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.ZoneOutage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One of everything that the journal can hold: what the golden files are to decode to. */
final class Samples {
  static final HybridTime AT = HybridTime.ofEpochMilli(1_790_000_000_123L, 7);
  private static final List<NameChange> SWAP =
      List.of(
          new NameChange(ClusterId.user(7), "prod", "prod_green"),
          new NameChange(ClusterId.user(8), "prod_green", "prod"));
  private static final Origin ALICE =
      new Origin(
          "alice",
          Optional.of("192.0.2.7"),
          Optional.of("psql"),
          Optional.of("ALTER CLUSTER \"prod\" SET (SIZE = 'größer')"));
  static final ClusterId U7 = ClusterId.user(7);
  static final ReplicaId R2 = ReplicaId.of(U7, 2);
  private static final ReplicaSettings SETTINGS =
      new ReplicaSettings(Optional.empty(), true, Optional.of(3), Optional.of(false));

  /** Before there were ranges of sizes. */
  static final Managed FIXED =
      new Managed(
          "25cc",
          2,
          List.of("az2", "az1"),
          SETTINGS,
          new Schedule.OnRefresh(Optional.of(Duration.ofMinutes(90))),
          Optional.of(new AutoScalingStrategy("100cc", Optional.of(Duration.ofMillis(1500)))),
          Optional.empty());

  static final Managed MANAGED = FIXED.withSizeRange(Optional.of(new SizeRange("25cc", "200cc")));
  static final ReplicaPlan PLAN =
      new ReplicaPlan(
          "analytics",
          "50cc",
          Optional.of("az3"),
          ReplicaSettings.DEFAULT,
          true,
          Optional.of("25cc"));

  static final ReconfigurationTarget FROM = ReconfigurationTarget.of(MANAGED);
  static final ReconfigurationTarget TARGET =
      new ReconfigurationTarget("100cc", 3, List.of(), ReplicaSettings.DEFAULT);
  static final LoadFigures FIGURES = new LoadFigures(Duration.ofMinutes(2), 2, 97, 41);
  static final Map<String, ZoneOutage> OUTAGES =
      Map.of("az2", new ZoneOutage("az2", AT, Optional.of("the cooling has failed")));
  static final Instant DEADLINE = Instant.ofEpochMilli(1_790_000_600_123L);

  private static final ReplicaFailure OUT_OF_MEMORY =
      new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.of("signal 9"));
  static final ReplicaProgress WAITING =
      new ReplicaProgress.Pending(
          AT, Optional.of(new ReplicaWait(ReplicaWait.Kind.ZONE_LOST, Optional.empty())));

  static final ReplicaProgress.Hydration HYDRATION =
      new ReplicaProgress.Hydration(Duration.ofMillis(61_250), 12, 34, 1L << 31, 1L << 32);

  private Samples() {}

  private static Recorded<ClusterEvent> recorded(ClusterEvent event) {
    return new Recorded<>(AT, ALICE, event);
  }

  static List<Object> all() {
    return Stream.of(
            clusterEvents().stream().map(event -> (Object) new Recorded<>(AT, ALICE, event)),
            environmentEvents().stream()
                .map(event -> (Object) new Recorded<>(AT, Origin.SYSTEM, event)),
            Stream.<Object>of(SampleStates.cluster(), SampleStates.environment()))
        .flatMap(sample -> sample)
        .toList();
  }

  static List<ClusterEvent> clusterEvents() {
    return List.of(
        new ClusterEvent.ClusterCreated(U7, MANAGED),
        new ClusterEvent.ClusterDropped(),
        new ClusterEvent.SizeChanged("25cc", "100cc"),
        new ClusterEvent.ReplicationFactorChanged(1, 3),
        new ClusterEvent.AvailabilityZonesChanged(List.of(), List.of("az1", "az2")),
        new ClusterEvent.SettingsChanged(ReplicaSettings.DEFAULT, SETTINGS),
        new ClusterEvent.ScheduleChanged(
            new Schedule.Manual(), new Schedule.OnRefresh(Optional.empty())),
        new ClusterEvent.AutoScalingChanged(
            Optional.empty(), Optional.of(new AutoScalingStrategy("100cc", Optional.empty()))),
        new ClusterEvent.SizeRangeChanged(
            Optional.empty(), Optional.of(new SizeRange("25cc", "200cc"))),
        new ClusterEvent.ConvertedToManaged(MANAGED),
        new ClusterEvent.ConvertedToUnmanaged(),
        new ClusterEvent.ReplicaAdded(
            R2,
            "r2",
            "25cc",
            new BigDecimal("0.250"),
            "az2",
            true,
            SETTINGS,
            false,
            Optional.of("free"),
            Reason.HYDRATION_BURST),
        new ClusterEvent.ReplicaDropped(R2, Reason.RETIRED),
        new ClusterEvent.ReplicaWaiting(
            R2,
            new ReplicaWait(ReplicaWait.Kind.NO_CAPACITY, Optional.of("16 CPUs are asked for"))),
        new ClusterEvent.ReplicaPlaced(R2, "az3"),
        new ClusterEvent.ReplicaRenamed(R2, "r2-pending", "r2"),
        new ClusterEvent.ReplicaStarted(
            R2, 4, "host-1", 4711, Optional.of(DEADLINE), Optional.of(DEADLINE.plusMillis(2))),
        new ClusterEvent.ReplicaHydrated(
            R2,
            4,
            Duration.ofMillis(61_250),
            12,
            9_007_199_254_740_993L,
            1L << 31,
            Optional.of(1L << 32),
            Optional.of(DEADLINE)),
        new ClusterEvent.ReplicaFailed(
            R2,
            4,
            OUT_OF_MEMORY,
            3,
            Optional.of(DEADLINE),
            Optional.of(DEADLINE.plusMillis(1)),
            Optional.of(DEADLINE.plusMillis(2)),
            Optional.of(DEADLINE.plusMillis(3))),
        new ClusterEvent.ReconfigurationStarted(
            FROM, TARGET, DEADLINE, OnTimeout.ROLLBACK, "alice"),
        new ClusterEvent.ReconfigurationRetargeted(TARGET, FROM, DEADLINE, OnTimeout.COMMIT, "bob"),
        new ClusterEvent.ReconfigurationFinished(
            FROM,
            TARGET,
            true,
            List.of(new ReplicaPromotion(R2, "r1-pending", "r1")),
            List.of(ReplicaId.of(U7, 1))),
        new ClusterEvent.ReconfigurationTimedOut(TARGET, DEADLINE),
        new ClusterEvent.ReconfigurationCancelled(TARGET),
        new ClusterEvent.BurstStarted("100cc"),
        new ClusterEvent.BurstCaughtUp(DEADLINE),
        new ClusterEvent.BurstResumed(),
        new ClusterEvent.BurstEnded(BurstEnd.CAUGHT_UP),
        new ClusterEvent.ScalingDecided("25cc", "100cc", ScalingCause.CPU_HIGH, FIGURES),
        new ClusterEvent.CommentChanged(Optional.of(R2), Optional.of("it's \"here\"\n\u0001 ☃")));
  }

  static List<EnvironmentEvent> environmentEvents() {
    return List.of(
        new EnvironmentEvent.EnvironmentInitialized("6f1b7c5e-0000-4000-8000-000000000001"),
        new EnvironmentEvent.ClusterCreationStarted(
            U7, "prod", "alice", new Unmanaged(), List.of(PLAN)),
        new EnvironmentEvent.ClusterCreationFinished(U7),
        new EnvironmentEvent.ClusterDropStarted(List.of(U7, ClusterId.system(1))),
        new EnvironmentEvent.ClusterDropFinished(U7),
        new EnvironmentEvent.ReplicaDropStarted(List.of(R2)),
        new EnvironmentEvent.ReplicaDropFinished(List.of(R2)),
        new EnvironmentEvent.ClusterNamesChanged(SWAP),
        new EnvironmentEvent.ClusterOwnerChanged(U7, "alice", "bob"),
        new EnvironmentEvent.RoleCreated("u2", "bob", false, true, true),
        new EnvironmentEvent.RoleCommentChanged("bob", Optional.of("on call")),
        new EnvironmentEvent.ZoneTakenOut("az1", Optional.of("drill")),
        new EnvironmentEvent.ZoneBroughtBack("az1"),
        new EnvironmentEvent.SystemParameterChanged(
            "max_credit_consumption_rate", Optional.empty(), Optional.of("12.5")),
        new EnvironmentEvent.ChainsCheckpointed(
            List.of(new ChainHead(U7, 12, "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"))));
  }

  /** What the golden file of an older version holds, where it cannot hold what the newest does. */
  static Map<String, Object> older() {
    return Map.ofEntries(
        Map.entry("cluster.created-1", recorded(new ClusterEvent.ClusterCreated(U7, FIXED))),
        Map.entry(
            "cluster.converted-to-managed-1", recorded(new ClusterEvent.ConvertedToManaged(FIXED))),
        Map.entry(
            "cluster-state-1",
            SampleStates.cluster(
                Optional.empty(),
                new ReplicaProgress.Pending(AT),
                Optional.empty(),
                Optional.empty())),
        Map.entry(
            "cluster-state-2",
            SampleStates.cluster(
                Optional.of(SampleStates.reconfiguration()),
                new ReplicaProgress.Pending(AT),
                Optional.empty(),
                Optional.empty())),
        Map.entry(
            "cluster-state-3",
            SampleStates.cluster(
                Optional.of(SampleStates.reconfiguration()),
                WAITING,
                Optional.empty(),
                Optional.empty())),
        Map.entry(
            "cluster-state-4",
            SampleStates.cluster(
                Optional.of(SampleStates.reconfiguration()),
                WAITING,
                Optional.of(HYDRATION),
                Optional.of(DEADLINE))),
        Map.entry("cluster-state-5", SampleStates.cluster(Optional.empty())),
        Map.entry("environment-state-1", SampleStates.environment(FIXED, Map.of(), Map.of())),
        Map.entry("environment-state-2", SampleStates.environment(FIXED, OUTAGES, Map.of())),
        Map.entry("environment-state-3", SampleStates.environment(MANAGED, OUTAGES, Map.of())),
        Map.entry(
            "cluster.reconfiguration-finished-1",
            recorded(
                new ClusterEvent.ReconfigurationFinished(
                    FROM,
                    TARGET,
                    true,
                    List.of(new ReplicaPromotion(R2, "r1-pending", "r1")),
                    List.of(ReplicaId.of(U7, 1)),
                    false))),
        Map.entry(
            "environment.cluster-names-changed-1",
            new Recorded<>(
                AT, Origin.SYSTEM, new EnvironmentEvent.ClusterNamesChanged(SWAP, false))),
        Map.entry(
            "cluster.replica-started-1",
            recorded(new ClusterEvent.ReplicaStarted(R2, 4, "host-1", 4711))),
        Map.entry(
            "cluster.replica-started-2",
            recorded(
                new ClusterEvent.ReplicaStarted(
                    R2, 4, "host-1", 4711, Optional.of(DEADLINE), Optional.empty()))),
        Map.entry(
            "cluster.replica-hydrated-1",
            recorded(
                new ClusterEvent.ReplicaHydrated(
                    R2, 4, Duration.ofMillis(61_250), 12, 9_007_199_254_740_993L, 1L << 31))),
        Map.entry(
            "cluster.replica-hydrated-2",
            recorded(
                new ClusterEvent.ReplicaHydrated(
                    R2,
                    4,
                    Duration.ofMillis(61_250),
                    12,
                    9_007_199_254_740_993L,
                    1L << 31,
                    Optional.of(1L << 32),
                    Optional.empty()))),
        Map.entry(
            "cluster.replica-failed-2",
            recorded(
                new ClusterEvent.ReplicaFailed(
                    R2,
                    4,
                    OUT_OF_MEMORY,
                    3,
                    Optional.of(DEADLINE),
                    Optional.of(DEADLINE.plusMillis(1)),
                    Optional.empty(),
                    Optional.empty()))),
        Map.entry(
            "cluster.replica-failed-1",
            recorded(new ClusterEvent.ReplicaFailed(R2, 4, OUT_OF_MEMORY, 3))));
  }
}
