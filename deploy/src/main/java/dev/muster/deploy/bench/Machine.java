package dev.muster.deploy.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the figures were measured on. */
final class Machine {
  private static final int SYNCS = 200;
  private static final int BLOCK_BYTES = 8192;

  private Machine() {}

  /**
   * One line.
   *
   * @param directory where the servers keep their data
   */
  static String describe(Path directory) {
    return "%s; %d processors; %s %s; JDK %s; %s on %s, write and sync of 8 KiB %s us (median)"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            directory.getParent(),
            fileSystem(directory),
            syncMicros(directory));
  }

  private static String fileSystem(Path directory) {
    try {
      return Files.getFileStore(directory).type();
    } catch (IOException unknown) {
      return "an unknown file system";
    }
  }

  /** What one durable commit costs at least. */
  private static long syncMicros(Path directory) {
    long[] micros = new long[SYNCS];
    Path file = directory.resolve("sync-probe");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int index = 0; index < SYNCS; index++) {
        long beginNanos = System.nanoTime();
        channel.write(ByteBuffer.allocate(BLOCK_BYTES), 0);
        channel.force(false);
        micros[index] = (System.nanoTime() - beginNanos) / 1000;
      }
    } catch (IOException failure) {
      throw new BenchException("cannot write to " + file + ": " + failure.getMessage(), failure);
    }
    return Distribution.of(micros).median();
  }
}
