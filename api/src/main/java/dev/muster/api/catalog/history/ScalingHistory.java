package dev.muster.api.catalog.history;

import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.LoadFigures;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The rows of one cluster's decisions about its own scaling, each with its reason. */
final class ScalingHistory {
  private final ClusterId id;
  private String burstSize = "";

  ScalingHistory(ClusterId id) {
    this.id = id;
  }

  List<Object> started(Instant at, BurstStarted event) {
    burstSize = event.size();
    return burst(at, "burst-started", "hydrating");
  }

  List<Object> caughtUp(Instant at) {
    return burst(at, "burst-lingers", "caught-up");
  }

  List<Object> resumed(Instant at) {
    return burst(at, "burst-resumed", "hydrating");
  }

  List<Object> ended(Instant at, BurstEnded event) {
    return burst(at, "burst-ended", event.why().text());
  }

  private List<Object> burst(Instant at, String decision, String reason) {
    return Arrays.asList(
        id.value(), at, "hydration", decision, null, burstSize, reason, null, null, null, null);
  }

  List<Object> decided(Instant at, ScalingDecided event) {
    LoadFigures figures = event.figures();
    boolean measured = figures.replicas() > 0;
    return Arrays.asList(
        id.value(),
        at,
        "load",
        "resize",
        event.fromSize(),
        event.toSize(),
        event.cause().text(),
        measured ? (long) figures.cpuPercent() : null,
        measured ? (long) figures.memoryPercent() : null,
        measured ? figures.window().toNanos() / 1_000 : null,
        measured ? (long) figures.replicas() : null);
  }
}
