package dev.muster.journal.codec;

/**
 * A record of a type or a version that this Muster does not know: a newer one wrote it, or somebody
 * has changed what it is called.
 */
public final class NewerFormatException extends JournalFormatException {
  private static final long serialVersionUID = 1L;

  NewerFormatException(String kind, Manifest manifest, String known) {
    super(
        "the journal holds %s of type \"%s\" version %d, written by a newer Muster (%s), or changed by hand; upgrade this Muster to read it"
            .formatted(kind, manifest.type(), manifest.version(), known),
        manifest.toString(),
        null);
  }
}
