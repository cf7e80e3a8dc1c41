package dev.muster.actors.membership;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.FailureDetectorWithAddress;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Pekko's own failure detector, which waits out every pause that a living process may make, and
 * beside it the proof that there is no process any more: where heartbeats are overdue, the machine
 * is asked ({@link RefusedConnection}). Named in {@code muster-cluster.conf}; Pekko makes one for
 * each member that this one watches.
 */
public final class CrashDetector implements FailureDetector, FailureDetectorWithAddress {
  private final FailureDetector silence;
  private final long overdueNanos;
  private final LongSupplier nanos;
  private final BiConsumer<Address, Consumer<Boolean>> look;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Address process;
  private volatile long heardNanos;
  private volatile boolean gone;

  /**
   * As Pekko makes it.
   *
   * @param config of {@code pekko.cluster.failure-detector}
   */
  public CrashDetector(Config config, EventStream events) {
    this(
        new PhiAccrualFailureDetector(config, events),
        config.getDuration("refused-after"),
        System::nanoTime,
        RefusedConnection::look);
  }

  CrashDetector(
      FailureDetector silence,
      Duration overdue,
      LongSupplier nanos,
      BiConsumer<Address, Consumer<Boolean>> look) {
    this.silence = silence;
    this.overdueNanos = overdue.toNanos();
    this.nanos = nanos;
    this.look = look;
    this.heardNanos = nanos.getAsLong();
  }

  @Override
  public void setAddress(String address) {
    if (silence instanceof FailureDetectorWithAddress named) {
      named.setAddress(address);
    }
    process = AddressFromURIString.parse(address);
  }

  @Override
  public boolean isAvailable() {
    if (!silence.isAvailable()) {
      return false;
    }
    if (process != null && silence.isMonitoring() && !gone && isOverdue()) {
      lookOnce();
    }
    return !gone;
  }

  private boolean isOverdue() {
    return nanos.getAsLong() - heardNanos > overdueNanos;
  }

  private void lookOnce() {
    if (looking.compareAndSet(false, true)) {
      look.accept(
          process,
          refused -> {
            // What was heard meanwhile counts for more.
            gone = refused && isOverdue();
            looking.set(false);
          });
    }
  }

  @Override
  public boolean isMonitoring() {
    return silence.isMonitoring();
  }

  @Override
  public void heartbeat() {
    heardNanos = nanos.getAsLong();
    gone = false;
    silence.heartbeat();
  }
}
