package dev.muster.journal.state;

import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.ScalingCause;

/** What Muster decided about a cluster's size by itself, when, and from which figures. */
public record ScalingDecision(
    HybridTime at, String fromSize, String toSize, ScalingCause cause, LoadFigures figures) {
  static ScalingDecision of(HybridTime at, ScalingDecided event) {
    return new ScalingDecision(
        at, event.fromSize(), event.toSize(), event.cause(), event.figures());
  }
}
