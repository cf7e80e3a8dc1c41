package dev.muster.actors.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SimulatedRuntimeTest {
  private static final ReplicaId ID = new ReplicaId("u1-1");
  private static final ReplicaFailure CRASH =
      new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty());

  private final List<Runnable> timers = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final SimulatedRuntime runtime =
      new SimulatedRuntime(
          (delay, task) -> {
            delays.add(delay);
            timers.add(task);
          },
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          SimulationLog.NONE);
  private final Heard heard = new Heard();

  private static final class Heard implements RuntimeListener {
    final List<RuntimeSignal> signals = new ArrayList<>();

    @Override
    public void onSignal(RuntimeSignal signal) {
      signals.add(signal);
    }

    @Override
    public void onObservation(ReplicaObservation observation) {
      // Not looked at here.
    }

    List<Class<?>> kinds() {
      return signals.stream().<Class<?>>map(Object::getClass).toList();
    }
  }

  private static ReplicaOrder order(long incarnation, double cpus) {
    return new ReplicaOrder(
        ID,
        incarnation,
        "r1",
        "az1",
        new ReplicaSize("s", 1, 1, (long) (cpus * 1e9), 0, 0, BigDecimal.ONE, true),
        ReplicaSettings.DEFAULT);
  }

  @Test
  void aReplicaHydratesWhenItsTimeHasCome() {
    runtime.start(order(1, 1), heard);
    assertEquals(List.of(RuntimeSignal.Started.class), heard.kinds());
    timers.getFirst().run();
    assertEquals(List.of(RuntimeSignal.Started.class, RuntimeSignal.Hydrated.class), heard.kinds());
  }

  @Test
  void biggerSizesHydrateFasterWithinTheBound() {
    runtime.start(order(1, 2), heard);
    runtime.stop(ID, heard);
    runtime.start(order(2, 0.001), heard);
    assertEquals(List.of(Duration.ofMillis(100), Duration.ofSeconds(1)), delays);
  }

  @Test
  void whatRunsIsAdoptedAndNotStartedTwice() {
    runtime.start(order(1, 1), heard);
    timers.getFirst().run();
    Heard second = new Heard();
    runtime.start(order(2, 1), second);
    assertEquals(1, ((RuntimeSignal.Started) second.signals.getFirst()).incarnation());
    assertEquals(
        List.of(RuntimeSignal.Started.class, RuntimeSignal.Hydrated.class), second.kinds());
    assertEquals(1, timers.size());
    assertEquals(1, runtime.inventory().size());
  }

  @Test
  void aTimerOfAnEarlierIncarnationHydratesNothing() {
    runtime.start(order(1, 1), heard);
    runtime.fail(ID, CRASH);
    runtime.start(order(2, 1), heard);
    timers.getFirst().run();
    assertEquals(
        List.of(
            RuntimeSignal.Started.class, RuntimeSignal.Ended.class, RuntimeSignal.Started.class),
        heard.kinds());
  }

  @Test
  void startsFailAsOftenAsTold() {
    runtime.failStarts(1);
    runtime.start(order(1, 1), heard);
    assertTrue(runtime.inventory().isEmpty());
    runtime.start(order(2, 1), heard);
    assertEquals(List.of(RuntimeSignal.Ended.class, RuntimeSignal.Started.class), heard.kinds());
  }

  @Test
  void whatDoesNotRunIsNotFoundAndIsStoppedAtOnce() {
    runtime.find(ID, heard);
    runtime.stop(ID, heard);
    assertEquals(
        List.of(new RuntimeSignal.NotRunning(ID), new RuntimeSignal.Stopped(ID)), heard.signals);
  }
}
