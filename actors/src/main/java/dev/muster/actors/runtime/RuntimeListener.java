package dev.muster.actors.runtime;

import dev.muster.api.catalog.ReplicaObservation;

/** Hears what becomes of one replica. Called from any thread; must not block. */
public interface RuntimeListener {
  void onSignal(RuntimeSignal signal);

  /** Progress and consumption, at a modest rate, while the replica runs. */
  void onObservation(ReplicaObservation observation);
}
