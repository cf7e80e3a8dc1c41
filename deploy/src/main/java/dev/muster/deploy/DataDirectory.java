package dev.muster.deploy;

import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.sqlite.EmbeddedJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder in which a node keeps everything: the journal, the replicas' files, its log. It
 * belongs to one process at a time, which holds a lock on it for as long as it lives, however it
 * ends.
 *
 * <p>A folder that is neither empty nor marked as Muster's is left alone.
 */
final class DataDirectory implements AutoCloseable {
  private static final String MARKER = "muster-data";
  private static final String MARKER_TEXT = "muster data directory, layout 1\n";

  /** Follows in the marker once a journal was made here: from then on, one must be there. */
  private static final String JOURNAL_MADE = "journal made\n";

  private static final String LOCK = "lock";

  /** What a first start may leave behind that was cut short before the folder was marked. */
  private static final Set<String> UNMARKED =
      Set.of(LOCK, DurableFile.unfinished(Path.of(MARKER)).toString());

  private final Path path;
  private final FileChannel lockChannel;

  private DataDirectory(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  /**
   * Takes the folder, and makes it where it is not there yet.
   *
   * @throws StartupException where it is foreign, cannot be written to, or is another process'
   */
  static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      boolean isNew = checkOwnership(absolute);
      FileChannel channel = lock(absolute);
      if (isNew) {
        mark(absolute);
      }
      return new DataDirectory(absolute, channel);
    } catch (FileAlreadyExistsException notFolder) {
      throw new StartupException("the data directory " + absolute + " is not a directory");
    } catch (AccessDeniedException denied) {
      throw new StartupException(
          "the data directory " + absolute + " cannot be written to: permission denied");
    } catch (IOException failure) {
      throw new StartupException(
          "the data directory " + absolute + " cannot be used: " + failure.getMessage());
    }
  }

  /** Takes a folder that must be Muster's already. */
  static DataDirectory openExisting(Path path) {
    if (!Files.isRegularFile(path.resolve(MARKER))) {
      throw new StartupException(
          path.toAbsolutePath().normalize() + " is not a Muster data directory");
    }
    return open(path);
  }

  Path path() {
    return path;
  }

  /**
   * Makes the embedded journal of a folder that never had one, and checks that of one that has:
   * where it is gone since, a start that made another would hide the loss.
   *
   * <p>The marker is written after the journal: a first start that ends between them leaves a
   * journal that is whole, which the next one finds.
   *
   * @throws JournalUnusableException where the journal is gone or cannot be used
   */
  static void prepareJournal(Path path) throws IOException {
    Path marker = path.resolve(MARKER);
    if (Files.isRegularFile(marker) && Files.readString(marker).endsWith(JOURNAL_MADE)) {
      EmbeddedJournal.prepareExisting(path);
    } else {
      EmbeddedJournal.prepare(path);
      DurableFile.write(marker, MARKER_TEXT + JOURNAL_MADE);
    }
  }

  @Override
  public void close() throws IOException {
    lockChannel.close();
  }

  /** Before anything else is written. */
  private static void mark(Path path) throws IOException {
    DurableFile.write(path.resolve(MARKER), MARKER_TEXT);
    DurableFile.sync(path.getParent());
  }

  /** Whether the folder is to be marked: it is new. */
  private static boolean checkOwnership(Path path) throws IOException {
    Path marker = path.resolve(MARKER);
    if (Files.isRegularFile(marker)) {
      String text = Files.readString(marker);
      if (!text.equals(MARKER_TEXT) && !text.equals(MARKER_TEXT + JOURNAL_MADE)) {
        throw new StartupException(
            "the data directory "
                + path
                + " has a layout that this version does not know: "
                + text.strip());
      }
      return false;
    }
    try (Stream<Path> content = Files.list(path)) {
      if (content.anyMatch(file -> !UNMARKED.contains(file.getFileName().toString()))) {
        throw new StartupException(
            "the directory "
                + path
                + " is not empty and is no Muster data directory; name another");
      }
    }
    return true;
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      String holder = Files.readString(path.resolve(LOCK)).strip();
      channel.close();
      throw new StartupException(
          "the data directory "
              + path
              + " is in use by another Muster"
              + (holder.isEmpty() ? "" : " (process " + holder + ")"));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }
}
