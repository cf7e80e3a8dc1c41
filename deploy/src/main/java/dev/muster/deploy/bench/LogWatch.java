package dev.muster.deploy.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What nodes write to their logs about another one, from now on. */
final class LogWatch {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String UNREACHABLE = "as UNREACHABLE";
  private static final String REMOVED = "Member removed";

  private final List<Path> logs = new ArrayList<>();
  private final List<Long> beginnings = new ArrayList<>();

  /**
   * When the first of them wrote it, in seconds after the beginning; not a number where none did.
   */
  record Sight(double unreachableSeconds, double removedSeconds) {}

  /**
   * @param folders the nodes' data directories
   */
  LogWatch(List<Path> folders) {
    for (Path folder : folders) {
      Path log = folder.resolve("log/muster.log");
      logs.add(log);
      beginnings.add(size(log));
    }
  }

  /** Looks until both are there. */
  Sight await(long beginNanos, Duration patience) {
    double unreachable = Double.NaN;
    double removed = Double.NaN;
    while (Double.isNaN(removed) && System.nanoTime() - beginNanos < patience.toNanos()) {
      Await.pause(LOOK_EVERY);
      double now = (System.nanoTime() - beginNanos) / 1e9;
      String fresh = fresh();
      unreachable = Double.isNaN(unreachable) && fresh.contains(UNREACHABLE) ? now : unreachable;
      removed = fresh.contains(REMOVED) ? now : removed;
    }
    return new Sight(unreachable, removed);
  }

  private String fresh() {
    StringBuilder fresh = new StringBuilder();
    for (int index = 0; index < logs.size(); index++) {
      try (var channel = Files.newByteChannel(logs.get(index))) {
        channel.position(beginnings.get(index));
        var bytes = ByteBuffer.allocate((int) (channel.size() - beginnings.get(index)));
        channel.read(bytes);
        fresh.append(new String(bytes.array(), StandardCharsets.UTF_8));
      } catch (IOException failure) {
        throw new BenchException("cannot read: " + failure.getMessage(), failure);
      }
    }
    return fresh.toString();
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException failure) {
      throw new BenchException("cannot read: " + failure.getMessage(), failure);
    }
  }
}
