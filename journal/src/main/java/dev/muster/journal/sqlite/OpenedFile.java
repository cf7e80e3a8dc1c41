package dev.muster.journal.sqlite;

import dev.muster.journal.JournalUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;

/**
 * Which file a journal was when it was opened. One that is removed, or moved away, is written on by
 * those who have it open, and whatever they are told is gone with their last connection: so its
 * path is looked at before every write and every reading.
 */
final class OpenedFile {
  private final Path path;
  private final Object identity;

  private OpenedFile(Path path, Object identity) {
    this.path = path;
    this.identity = identity;
  }

  /** The one that is there now. */
  static OpenedFile at(Path path) {
    return new OpenedFile(path, identity(path));
  }

  /**
   * @throws SQLException where another one is there now, or none
   */
  void check() throws SQLException {
    if (identity != null && !identity.equals(identity(path))) {
      String line =
          "the journal %s was removed or replaced while Muster ran: put it back, or stop Muster and restore a backup"
              .formatted(path);
      throw new SQLException(line, new JournalUnusableException(line));
    }
  }

  /** Nothing where there is no file, or where files have none. */
  private static Object identity(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }
}
