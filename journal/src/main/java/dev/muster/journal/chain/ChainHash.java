package dev.muster.journal.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * How hashes of the chain are made: SHA-256, written as 43 characters of base64url. Never to be
 * changed: every journal is full of them.
 */
public final class ChainHash {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private ChainHash() {}

  /** What stands before the first event of an entity: events of two entities cannot be swapped. */
  public static String genesis(String persistenceId) {
    MessageDigest digest = sha256();
    digest.update("muster chain 1\n".getBytes(StandardCharsets.UTF_8));
    return TEXT.encodeToString(digest.digest(persistenceId.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The hash of an event.
   *
   * @param previous that of the event before it, or the {@link #genesis}
   * @param manifest what stands beside its bytes
   * @param payload its bytes as they are stored
   */
  public static String next(String previous, String manifest, byte[] payload) {
    MessageDigest digest = sha256();
    digest.update(previous.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(manifest.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    return TEXT.encodeToString(digest.digest(payload));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
