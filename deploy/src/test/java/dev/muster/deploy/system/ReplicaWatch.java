package dev.muster.deploy.system;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Looks at the hosts' own records of what runs, from outside and all the time: no replica may run
 * on two hosts at once.
 */
final class ReplicaWatch {
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final NetworkedNodes nodes;
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::watch, "watch over replicas");
  private Set<String> twiceBefore = Set.of();
  private volatile boolean over;

  ReplicaWatch(NetworkedNodes nodes) {
    this.nodes = nodes;
    thread.start();
  }

  private void watch() {
    while (!over) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      // The records are read one after the other: who moves meanwhile may be seen twice, once.
      Set<String> twice = twice();
      twice.stream().filter(twiceBefore::contains).forEach(violations::add);
      twiceBefore = twice;
    }
  }

  private Set<String> twice() {
    Map<String, String> seen = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (int node = 0; node < nodes.count(); node++) {
      String here = "node " + node;
      for (String id : running(node).keySet()) {
        String there = seen.put(id, here);
        if (there != null) {
          twice.add(id + " runs on " + there + " and on " + here);
        }
      }
    }
    return twice;
  }

  private Map<String, Long> running(int node) {
    return SimulatedRecord.running(nodes.data(node));
  }

  /** Where the replicas with these ids run, and as which incarnation. */
  Map<String, String> places(List<String> ids) {
    Map<String, String> places = new TreeMap<>();
    for (int node = 0; node < nodes.count(); node++) {
      int here = node;
      running(node)
          .forEach(
              (id, incarnation) -> {
                if (ids.contains(id)) {
                  places.put(id, "node " + here + ", incarnation " + incarnation);
                }
              });
    }
    return places;
  }

  /** All that run anywhere. */
  Set<String> all() {
    Set<String> all = new HashSet<>();
    for (int node = 0; node < nodes.count(); node++) {
      all.addAll(running(node).keySet());
    }
    return all;
  }

  Set<String> violations() {
    return violations.stream().collect(Collectors.toSet());
  }

  void end() throws InterruptedException {
    over = true;
    thread.join();
  }
}
