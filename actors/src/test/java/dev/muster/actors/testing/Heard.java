package dev.muster.actors.testing;

import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.catalog.ReplicaObservation;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears of a replica; a test takes it in order. */
public final class Heard implements RuntimeListener {
  public final BlockingQueue<RuntimeSignal> signals = new LinkedBlockingQueue<>();
  public final BlockingQueue<ReplicaObservation> observations = new LinkedBlockingQueue<>();

  @Override
  public void onSignal(RuntimeSignal signal) {
    signals.add(signal);
  }

  @Override
  public void onObservation(ReplicaObservation observation) {
    observations.add(observation);
  }

  /** The next signal, which must be of this kind. */
  public <T extends RuntimeSignal> T next(Class<T> kind) throws InterruptedException {
    RuntimeSignal signal = signals.poll(60, TimeUnit.SECONDS);
    if (!kind.isInstance(signal)) {
      throw new AssertionError("expected " + kind.getSimpleName() + ", heard " + signal);
    }
    return kind.cast(signal);
  }
}
