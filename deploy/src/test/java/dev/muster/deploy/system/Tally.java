package dev.muster.deploy.system;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many questions were answered, how many were not, and how long nobody was answered. */
final class Tally {
  private final AtomicInteger answered = new AtomicInteger();
  private final Map<String, AtomicInteger> unanswered = new ConcurrentSkipListMap<>();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong longestNanos = new AtomicLong();

  void answered() {
    answered.incrementAndGet();
    long now = System.nanoTime();
    long silence = now - lastNanos.getAndSet(now);
    longestNanos.accumulateAndGet(silence, Math::max);
  }

  void unanswered(SQLException failure) {
    unanswered
        .computeIfAbsent(String.valueOf(failure.getSQLState()), ignored -> new AtomicInteger())
        .incrementAndGet();
  }

  int count() {
    return answered.get();
  }

  @Override
  public String toString() {
    return "%d answered, not answered %s, longest silence %.1f s"
        .formatted(count(), new TreeMap<>(unanswered), longestNanos.get() / 1e9);
  }
}
