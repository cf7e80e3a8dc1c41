package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnfinishedWorkTest {
  private static final ClusterId CLUSTER = new ClusterId("u1");
  private static final EnvironmentEvent CREATION_STARTED =
      new EnvironmentEvent.ClusterCreationStarted(
          CLUSTER, "c", "materialize", new ClusterConfiguration.Unmanaged(), List.of());
  private static final EnvironmentEvent CREATION_FINISHED =
      new EnvironmentEvent.ClusterCreationFinished(CLUSTER);
  private static final EnvironmentEvent DROP_STARTED =
      new EnvironmentEvent.ClusterDropStarted(List.of(CLUSTER));
  private static final EnvironmentEvent REPLICA_DROP_STARTED =
      new EnvironmentEvent.ReplicaDropStarted(List.of(new ReplicaId("u1-1")));

  private final List<EnvironmentEvent> events =
      new ArrayList<>(List.of(new EnvironmentEvent.EnvironmentInitialized("test")));

  @Test
  void aSettledEnvironmentIsNotWaitedFor() throws InterruptedException {
    events.addAll(List.of(CREATION_STARTED, CREATION_FINISHED));
    assertTrue(awaitNone(Duration.ZERO));
  }

  @Test
  void aHalfMadeClusterIsWaitedFor() throws InterruptedException {
    events.add(CREATION_STARTED);
    assertFalse(awaitNone(Duration.ofMillis(1)));
  }

  @Test
  void aHalfDroppedClusterIsWaitedFor() throws InterruptedException {
    events.addAll(List.of(CREATION_STARTED, CREATION_FINISHED, DROP_STARTED));
    assertFalse(awaitNone(Duration.ofMillis(1)));
  }

  @Test
  void halfDroppedReplicasAreWaitedFor() throws InterruptedException {
    events.addAll(List.of(CREATION_STARTED, CREATION_FINISHED, REPLICA_DROP_STARTED));
    assertFalse(awaitNone(Duration.ofMillis(1)));
  }

  @Test
  void theWaitEndsWhenTheLastWorkIsFinished() throws InterruptedException {
    events.add(CREATION_STARTED);
    List<EnvironmentState> asked = new ArrayList<>();
    boolean none =
        UnfinishedWork.awaitNone(
            () -> {
              asked.add(state());
              events.add(CREATION_FINISHED);
              return CompletableFuture.completedFuture(asked.getLast());
            },
            Duration.ofMinutes(5));
    assertTrue(none);
    assertEquals(2, asked.size());
  }

  @Test
  void anEnvironmentThatCannotBeReadIsAskedAgain() throws InterruptedException {
    List<String> asked = new ArrayList<>();
    boolean none =
        UnfinishedWork.awaitNone(
            () -> {
              asked.add("again");
              return asked.size() < 3
                  ? CompletableFuture.failedFuture(new IllegalStateException("not now"))
                  : CompletableFuture.completedFuture(state());
            },
            Duration.ofMinutes(5));
    assertTrue(none);
    assertEquals(3, asked.size());
  }

  private boolean awaitNone(Duration within) throws InterruptedException {
    return UnfinishedWork.awaitNone(() -> CompletableFuture.completedFuture(state()), within);
  }

  private EnvironmentState state() {
    EnvironmentState state = EnvironmentState.EMPTY;
    long time = 1;
    for (EnvironmentEvent event : events) {
      state = state.evolve(new HybridTime(time++), event);
    }
    return state;
  }
}
