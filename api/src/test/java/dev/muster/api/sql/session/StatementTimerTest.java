package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A statement is ended at its own deadline, whoever's alarm it was that went off. */
class StatementTimerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<Alarm> alarms = new ArrayList<>();
  private final StatementTimer timer = new StatementTimer(this::ended, this::now, this::set);
  private long now = Long.MAX_VALUE - Duration.ofSeconds(90).toNanos(); // counts over the edge
  private int statementsEnded;

  private record Alarm(long at, Runnable action, Future<?> handle) {}

  private void ended() {
    statementsEnded++;
  }

  private long now() {
    return now;
  }

  private Future<?> set(long nanos, Runnable action) {
    Alarm alarm = new Alarm(now + nanos, action, new CompletableFuture<Void>());
    alarms.add(alarm);
    return alarm.handle();
  }

  private void pass(Duration time) {
    now += time.toNanos();
    for (Alarm alarm : List.copyOf(alarms)) {
      if (alarm.at() - now <= 0 && alarms.remove(alarm) && !alarm.handle().isCancelled()) {
        alarm.action().run();
      }
    }
  }

  @Test
  void aStatementIsEndedAtItsDeadlineAndNotBefore() {
    timer.begin(MINUTE);
    pass(MINUTE.minusNanos(1));
    assertEquals(0, statementsEnded);
    pass(Duration.ofNanos(1));
    assertEquals(1, statementsEnded);
    pass(MINUTE);
    assertEquals(1, statementsEnded);
  }

  @Test
  void whatIsOverIsNotEnded() {
    timer.begin(MINUTE);
    timer.end();
    pass(MINUTE.multipliedBy(2));
    assertEquals(0, statementsEnded);
  }

  @Test
  void manyStatementsSetOneAlarm() {
    for (int statement = 0; statement < 1_000; statement++) {
      timer.begin(MINUTE);
      pass(Duration.ofMillis(10));
      timer.end();
    }
    assertEquals(1, alarms.size());
  }

  @Test
  void theAlarmOfAnEarlierStatementLeavesALaterOneItsTime() {
    timer.begin(MINUTE);
    timer.end();
    pass(SECOND.multipliedBy(30));
    timer.begin(MINUTE);
    pass(SECOND.multipliedBy(59));
    assertEquals(0, statementsEnded);
    pass(SECOND);
    assertEquals(1, statementsEnded);
  }

  @Test
  void aShorterLimitIsKeptThoughALongerAlarmIsSet() {
    timer.begin(MINUTE);
    timer.end();
    timer.begin(SECOND);
    pass(SECOND);
    assertEquals(1, statementsEnded);
    timer.begin(MINUTE);
    pass(MINUTE);
    assertEquals(2, statementsEnded);
  }

  @Test
  void aClosedSessionLeavesNoAlarm() {
    timer.begin(MINUTE);
    timer.close();
    assertEquals(1, alarms.size());
    assertEquals(true, alarms.getFirst().handle().isCancelled());
  }

  @Test
  void aLimitOfAThousandYearsIsNone() {
    timer.begin(Duration.ofDays(365_000));
    pass(MINUTE);
    assertEquals(0, statementsEnded);
  }
}
