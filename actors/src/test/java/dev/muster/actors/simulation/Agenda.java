package dev.muster.actors.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** What is still to happen, by virtual time; among the same time, the seed chooses. */
final class Agenda {
  private record Entry(long atMicros, int lot, long sequence, Runnable action)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      int byLot = byTime != 0 ? byTime : Integer.compare(lot, other.lot);
      return byLot != 0 ? byLot : Long.compare(sequence, other.sequence);
    }
  }

  /** Delivers in the order of sending, as an actor's messages to another are. */
  final class Channel {
    private long lastMicros;

    void after(long delayMicros, Runnable action) {
      lastMicros = Math.max(nowMicros + delayMicros, lastMicros + 1);
      at(lastMicros, action);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private final SplittableRandom lots;
  private long nowMicros;
  private long sequence;

  Agenda(SplittableRandom lots) {
    this.lots = lots;
  }

  long nowMicros() {
    return nowMicros;
  }

  void after(long delayMicros, Runnable action) {
    at(nowMicros + delayMicros, action);
  }

  private void at(long atMicros, Runnable action) {
    entries.add(new Entry(atMicros, lots.nextInt(), sequence++, action));
  }

  /** One step; false when nothing is to happen any more. */
  boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    nowMicros = next.atMicros();
    next.action().run();
    return true;
  }
}
