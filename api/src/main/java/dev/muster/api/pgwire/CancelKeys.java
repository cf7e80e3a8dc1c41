package dev.muster.api.pgwire;

import dev.muster.api.pgwire.conversation.Interruption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which conversation a cancel request means, and whether its sender may. */
final class CancelKeys {
  /** What a client was told: its "process id", and the secret that goes with it. */
  record Key(int processId, int secret) {}

  private record Entry(int secret, Interruption interruption) {}

  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger lastProcessId = new AtomicInteger();
  private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

  Key register(Interruption interruption) {
    int secret = random.nextInt();
    Entry entry = new Entry(secret, interruption);
    int processId = nextProcessId();
    while (entries.putIfAbsent(processId, entry) != null) {
      processId = nextProcessId();
    }
    return new Key(processId, secret);
  }

  /** Positive, as process ids are. */
  private int nextProcessId() {
    return lastProcessId.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
  }

  void forget(Key key) {
    entries.remove(key.processId());
  }

  /** A wrong key has no effect, and the sender learns nothing. */
  void cancel(int processId, int secret) {
    Entry entry = entries.get(processId);
    // Two ints are compared in one step: the time taken tells nothing of the secret.
    if (entry != null && (entry.secret ^ secret) == 0) {
      entry.interruption.cancel();
    }
  }
}
