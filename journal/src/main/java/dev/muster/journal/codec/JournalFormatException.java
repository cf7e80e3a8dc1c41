package dev.muster.journal.codec;

import java.util.Optional;

/** The journal holds something that this Muster cannot read. The message says what to do. */
public abstract sealed class JournalFormatException extends RuntimeException
    permits NewerFormatException, DamagedRecordException {
  private static final long serialVersionUID = 1L;

  private final String manifest;

  JournalFormatException(String message, String manifest, Throwable cause) {
    super(message, cause);
    this.manifest = manifest;
  }

  /** The manifest beside the bytes, as the journal holds it. */
  public String manifest() {
    return manifest;
  }

  /** The first of its kind among the causes of a failure. */
  public static Optional<JournalFormatException> among(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JournalFormatException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
