package dev.muster.actors.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** All randomness of a simulation, from one seed. */
final class Chance {
  private final Map<Fault, SplittableRandom> faults = new EnumMap<>(Fault.class);
  private final SplittableRandom other;
  private final SplittableRandom statements;
  private final Set<Fault> active;
  private boolean calm;

  Chance(long seed, Set<Fault> active) {
    SplittableRandom root = new SplittableRandom(seed);
    for (Fault fault : Fault.values()) {
      faults.put(fault, root.split());
    }
    this.other = root.split();
    this.statements = root.split();
    this.active = active;
  }

  /** No fault happens from now on. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  boolean happens(Fault fault, double probability) {
    return !calm && active.contains(fault) && faults.get(fault).nextDouble() < probability;
  }

  boolean isActive(Fault fault) {
    return !calm && active.contains(fault);
  }

  SplittableRandom of(Fault fault) {
    return faults.get(fault);
  }

  SplittableRandom statements() {
    return statements;
  }

  double fraction() {
    return other.nextDouble();
  }

  /** Between two bounds, in microseconds, the second one excluded. */
  long micros(long fromMillis, long toMillis) {
    return other.nextLong(fromMillis * 1_000, toMillis * 1_000);
  }

  SplittableRandom lots() {
    return other.split();
  }

  static <T> T one(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
