package dev.muster.journal.codec;

import static dev.muster.journal.codec.Samples.AT;
import static dev.muster.journal.codec.Samples.DEADLINE;
import static dev.muster.journal.codec.Samples.FIGURES;
import static dev.muster.journal.codec.Samples.FIXED;
import static dev.muster.journal.codec.Samples.FROM;
import static dev.muster.journal.codec.Samples.HYDRATION;
import static dev.muster.journal.codec.Samples.MANAGED;
import static dev.muster.journal.codec.Samples.OUTAGES;
import static dev.muster.journal.codec.Samples.PLAN;
import static dev.muster.journal.codec.Samples.R2;
import static dev.muster.journal.codec.Samples.TARGET;
import static dev.muster.journal.codec.Samples.U7;
import static dev.muster.journal.codec.Samples.WAITING;

import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterRegistry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.Role;
import dev.muster.journal.state.ScalingDecision;
import dev.muster.journal.state.ZoneOutage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/** The states among the {@link Samples}, as the newest version has them and as older ones had. */
final class SampleStates {
  private SampleStates() {}

  static ClusterState cluster() {
    return cluster(Optional.of(DEADLINE));
  }

  static ClusterState cluster(Optional<Instant> occurredAt) {
    return cluster(
        MANAGED,
        Optional.of(reconfiguration()),
        WAITING,
        Optional.of(HYDRATION),
        Optional.of(DEADLINE),
        Optional.of(new Burst(AT, "100cc", Optional.of(DEADLINE))),
        Optional.of(new ScalingDecision(AT, "25cc", "50cc", ScalingCause.LOAD_LOW, FIGURES)),
        occurredAt);
  }

  static Reconfiguration reconfiguration() {
    return new Reconfiguration(
        AT,
        "alice",
        FROM,
        TARGET,
        DEADLINE,
        OnTimeout.ROLLBACK,
        Reconfiguration.Status.IN_PROGRESS,
        AT);
  }

  static ClusterState cluster(
      Optional<Reconfiguration> reconfiguration,
      ReplicaProgress first,
      Optional<ReplicaProgress.Hydration> hydration,
      Optional<Instant> failingSince) {
    return cluster(
        FIXED,
        reconfiguration,
        first,
        hydration,
        failingSince,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ClusterState cluster(
      Managed configuration,
      Optional<Reconfiguration> reconfiguration,
      ReplicaProgress first,
      Optional<ReplicaProgress.Hydration> hydration,
      Optional<Instant> failingSince,
      Optional<Burst> burst,
      Optional<ScalingDecision> scaling,
      Optional<Instant> occurredAt) {
    return new ClusterState.Live(
        U7,
        AT,
        configuration,
        List.of(
            replica(1, Optional.empty(), first),
            replica(
                2,
                Optional.of("b"),
                new ReplicaProgress.Hydrating(AT, 1, "host-1", 4711, 0, occurredAt)),
            replica(
                3,
                Optional.empty(),
                new ReplicaProgress.Online(AT, 2, "host-2", 0, 1, hydration, occurredAt)),
            replica(
                9,
                Optional.empty(),
                new ReplicaProgress.Failed(
                    AT,
                    3,
                    new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty()),
                    2,
                    failingSince,
                    failingSince,
                    occurredAt))),
        9,
        Optional.of("the important one"),
        reconfiguration,
        burst,
        scaling);
  }

  private static Replica replica(long number, Optional<String> comment, ReplicaProgress progress) {
    return new Replica(
        ReplicaId.of(U7, number),
        "r" + number,
        "25cc",
        new BigDecimal("1.00"),
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        AT,
        comment,
        progress);
  }

  static EnvironmentState environment() {
    return environment(MANAGED, OUTAGES, Map.of("max_credit_consumption_rate", "12.5"));
  }

  static EnvironmentState environment(
      ClusterConfiguration shape,
      Map<String, ZoneOutage> zoneOutages,
      Map<String, String> parameters) {
    ClusterEntry finished = new ClusterEntry(U7, "prod", "alice", Optional.empty());
    ClusterEntry creating =
        new ClusterEntry(
            ClusterId.user(10),
            "Dev ß",
            "mz_system",
            Optional.of(new ClusterEntry.Creation(shape, List.of(PLAN))));
    return new EnvironmentState(
        Optional.of("6f1b7c5e-0000-4000-8000-000000000001"),
        new ClusterRegistry(
            10,
            2,
            HashTreePMap.from(Map.of(finished.id(), finished, creating.id(), creating)),
            HashTreePMap.from(Map.of("prod", finished.id(), "Dev ß", creating.id())),
            HashTreePSet.from(List.of(ClusterId.user(9), ClusterId.user(8), ClusterId.system(2)))),
        HashTreePSet.from(List.of(R2)),
        HashTreePMap.from(
            Map.of(
                "mz_system",
                new Role("s1", "mz_system", true, true, true, Optional.empty()),
                "bob",
                new Role("u2", "bob", false, true, true, Optional.of("on call")))),
        HashTreePMap.from(zoneOutages),
        HashTreePMap.from(parameters));
  }
}
