package dev.muster.journal.verify;

import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Predicate;

/**
 * A short text that is equal for equal states: a running Muster can say what it has without showing
 * it.
 *
 * <p>Which failure of a failing replica was the latest is left out: of a crash loop not all are
 * journaled, and the running Muster shows more of them than the journal knows.
 */
public final class StateDigest {
  private StateDigest() {}

  public static String of(Object state) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      if (state instanceof ClusterState.Live live && live.replicas().stream().anyMatch(fails())) {
        digest.update(withoutFailures(live).getBytes(StandardCharsets.UTF_8));
      } else {
        digest.update(JournalCodec.STANDARD.encode(state).bytes());
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Predicate<Replica> fails() {
    return replica -> replica.progress() instanceof ReplicaProgress.Failed;
  }

  /** Every component but the progress of those that fail: records say all that they hold. */
  private static String withoutFailures(ClusterState.Live live) {
    StringBuilder text = new StringBuilder();
    text.append(live.id()).append(live.createdAt()).append(live.configuration());
    text.append(live.lastReplicaNumber()).append(live.comment());
    text.append(live.latestReconfiguration()).append(live.burst()).append(live.latestScaling());
    for (Replica replica : live.replicas()) {
      text.append(replica.id()).append(replica.name()).append(replica.size());
      text.append(replica.creditsPerHour()).append(replica.zone()).append(replica.zonePinned());
      text.append(replica.settings()).append(replica.internal()).append(replica.billedAs());
      text.append(replica.createdAt()).append(replica.comment());
      text.append(fails().test(replica) ? "failed" : replica.progress());
    }
    return text.toString();
  }
}
