package dev.muster.actors.runtime.process;

import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/** The files of one replica under the data directory. */
record ReplicaFiles(Path directory) {
  private static final String ENDED = "ended-";

  static ReplicaFiles of(Path dataDirectory, ReplicaId id) {
    return new ReplicaFiles(dataDirectory.resolve("replicas").resolve(id.value()));
  }

  Path log() {
    return directory.resolve("output.log");
  }

  private Path record() {
    return directory.resolve("process.properties");
  }

  /** Where the {@link Waiter} of a start writes how that ended. */
  Path endOf(long incarnation) {
    return directory.resolve(ENDED + incarnation);
  }

  /** How a start ended; empty where it has not, or nobody wrote it down. */
  Optional<ReplicaEnd> end(long incarnation) {
    Path file = endOf(incarnation);
    try {
      String text = Files.readString(file);
      // The line's end is missing where it has only just been begun.
      return text.endsWith("\n")
          ? Optional.of(
              new ReplicaEnd(
                  Optional.of(Integer.parseInt(text.strip())),
                  Files.getLastModifiedTime(file).toInstant()))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The latest start whose end is written down. */
  OptionalLong lastEnded() {
    try (var paths = Files.list(directory)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(ENDED))
          .mapToLong(name -> Long.parseLong(name.substring(ENDED.length())))
          .max();
    } catch (IOException | NumberFormatException | UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  /** Makes the directory, puts the log of the start before aside, and forgets how that ended. */
  void prepare() throws IOException {
    Files.createDirectories(directory);
    try (DirectoryStream<Path> ends = Files.newDirectoryStream(directory, ENDED + "*")) {
      for (Path end : ends) {
        Files.deleteIfExists(end);
      }
    }
    if (Files.exists(log())) {
      Files.move(log(), previousLog(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path previousLog() {
    return directory.resolve("output.log.1");
  }

  /**
   * Bounds the log of a running process, which appends to it: keeps a copy, and cuts it to nothing.
   * What is printed between the two is lost.
   */
  void boundLog(long bytes) throws IOException {
    if (Files.exists(log()) && Files.size(log()) > bytes) {
      Files.copy(log(), previousLog(), StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(log(), StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  /** The last line that is not blank, cut to a bearable length. */
  Optional<String> lastLine() {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(file.length(), 4096)];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      List<String> lines =
          new String(tail, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(lines.getLast())
              .map(line -> line.substring(0, Math.min(200, line.length())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Durable and whole, or not there: never half written. */
  void write(ReplicaProcess process) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("replica-id", process.id().value());
    properties.setProperty("incarnation", Long.toString(process.incarnation()));
    properties.setProperty("zone", process.zone());
    properties.setProperty("http-port", Integer.toString(process.port()));
    properties.setProperty("process-id", Long.toString(process.pid()));
    properties.setProperty("start-ticks", Long.toString(process.startTicks()));
    properties.setProperty("boot-id", process.bootId());
    properties.setProperty("started-at", process.startedAt().toString());
    properties.setProperty("memory-bytes", Long.toString(process.memoryBytes()));
    properties.setProperty("cpu-nano-cores", Long.toString(process.cpuNanoCores()));
    StringWriter text = new StringWriter();
    properties.store(text, "The process that runs this replica. Written by Muster.");
    Path temporary = directory.resolve("process.properties.new");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(temporary, record(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Empty where there is none, or none that can be understood. */
  Optional<ReplicaProcess> read() {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(record())));
      return Optional.of(
          new ReplicaProcess(
              new ReplicaId(properties.getProperty("replica-id", "")),
              Long.parseLong(properties.getProperty("incarnation")),
              properties.getProperty("zone", ""),
              Integer.parseInt(properties.getProperty("http-port")),
              Long.parseLong(properties.getProperty("process-id")),
              Long.parseLong(properties.getProperty("start-ticks")),
              properties.getProperty("boot-id", ""),
              Instant.parse(properties.getProperty("started-at", "")),
              Long.parseLong(properties.getProperty("memory-bytes", "0")),
              Long.parseLong(properties.getProperty("cpu-nano-cores", "0"))));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  void forgetProcess() throws IOException {
    Files.deleteIfExists(record());
  }

  /** Removes everything, once the replica is dropped. */
  void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
