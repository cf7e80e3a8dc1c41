package dev.muster.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process, with those that it started, has used, as Linux counts it in {@code /proc}. */
final class ProcessMeter {
  /**
   * The unit of the kernel's times: {@code USER_HZ}, 100 a second on every Linux that Java runs on.
   */
  private static final long MILLIS_PER_TICK = 10;

  private final ProcessHandle process;

  ProcessMeter(ProcessHandle process) {
    this.process = process;
  }

  /** Processor time of the process and of its children, those that ended too. */
  Duration cpu() {
    long ticks =
        Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(each -> read(each, "stat").map(ProcessMeter::ticks).orElse(0L))
            .sum();
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  /** Physical memory of the process alone, in bytes. */
  long residentBytes() {
    return read(process, "status").map(ProcessMeter::residentBytes).orElse(0L);
  }

  /** Platform threads of the process. */
  long threads() {
    return read(process, "status").map(status -> field(status, "Threads:")).orElse(0L);
  }

  /**
   * From a line of {@code /proc/PID/stat}: user and system time of the process (fields 14 and 15)
   * and of its ended children (16 and 17). The second field, the name, may hold blanks and
   * parentheses.
   */
  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
    long ticks = 0;
    for (int field = 14; field <= 17; field++) {
      ticks += Long.parseLong(fields[field - 3]);
    }
    return ticks;
  }

  /** From {@code /proc/PID/status}. */
  static long residentBytes(String status) {
    return field(status, "VmRSS:") * 1024;
  }

  private static long field(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).trim().split("\\s+")[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static Optional<String> read(ProcessHandle process, String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), file)));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
