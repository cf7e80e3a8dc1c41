package dev.muster.journal.codec;

/** A record whose bytes are not what any Muster wrote. */
public final class DamagedRecordException extends JournalFormatException {
  private static final long serialVersionUID = 1L;

  DamagedRecordException(String manifest, String reason, Throwable cause) {
    super(
        "the journal holds a damaged record of type \"%s\": %s; restore the journal from a backup"
            .formatted(manifest, reason),
        manifest,
        cause);
  }
}
