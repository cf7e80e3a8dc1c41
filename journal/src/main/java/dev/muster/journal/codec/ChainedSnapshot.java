package dev.muster.journal.codec;

/**
 * A snapshot, and where the hash chain of its entity's events was. Stored as the state itself is;
 * the hash is in the manifest, behind an {@code @}.
 *
 * @param hash of the last event in it
 */
public record ChainedSnapshot(Object state, String hash) {
  private static final char SEPARATOR = '@';

  String manifest() {
    return JournalCodec.STANDARD.manifest(state).toString() + SEPARATOR + hash;
  }

  /** What was stored: with its hash where the manifest has one. */
  public static Object decode(String manifest, byte[] bytes) {
    int separator = manifest.indexOf(SEPARATOR);
    return separator < 0
        ? JournalCodec.STANDARD.decode(manifest, bytes)
        : new ChainedSnapshot(
            JournalCodec.STANDARD.decode(manifest.substring(0, separator), bytes),
            manifest.substring(separator + 1));
  }
}
