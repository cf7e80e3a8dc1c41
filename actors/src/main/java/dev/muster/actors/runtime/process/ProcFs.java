package dev.muster.actors.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Linux tells about processes under {@code /proc}. Stateless; every answer may be outdated.
 */
final class ProcFs {
  private static final Path ROOT = Path.of("/proc");

  /** The kernel reports times to user space in hundredths of a second on every Linux we run on. */
  static final long TICKS_PER_SECOND = 100;

  private ProcFs() {}

  /**
   * One line of {@code /proc/<pid>/stat}.
   *
   * @param parent its parent's process id
   * @param session the process id of the session's leader
   * @param startTicks when it started, in ticks since the machine did
   * @param cpuTicks CPU time used so far
   */
  record Stat(long pid, boolean ended, long parent, long session, long startTicks, long cpuTicks) {}

  /** Distinguishes one start of the machine from the next. */
  static String bootId() {
    try {
      return Files.readString(ROOT.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the process runtime needs Linux's /proc", e);
    }
  }

  static List<Long> processIds() {
    List<Long> ids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT, "[1-9]*")) {
      entries.forEach(entry -> ids.add(Long.parseLong(entry.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException("the process runtime needs Linux's /proc", e);
    }
    return ids;
  }

  /** Empty when there is no such process any more. */
  static Optional<Stat> stat(long pid) {
    String line;
    try {
      line = Files.readString(ROOT.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty();
    }
    // The second field is the program's name in parentheses, and may itself hold anything.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    char state = fields[0].charAt(0);
    return Optional.of(
        new Stat(
            pid,
            state == 'Z' || state == 'X',
            Long.parseLong(fields[1]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19]),
            Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
  }

  /** Memory that it is resident in; empty when there is no such process any more. */
  static Optional<Long> residentBytes(long pid) {
    return kibibytes(pid, "VmRSS:");
  }

  /**
   * Resident memory that the kernel cannot take back: not that of files, such as libraries, which
   * replicas share.
   */
  static long unreclaimableBytes(long pid) {
    return kibibytes(pid, "RssAnon:").orElse(0L) + kibibytes(pid, "RssShmem:").orElse(0L);
  }

  /** The most memory that it has been resident in; empty when there is no such process any more. */
  static Optional<Long> peakResidentBytes(long pid) {
    return kibibytes(pid, "VmHWM:");
  }

  /** A line of {@code /proc/<pid>/status} that tells KiB, in bytes. */
  private static Optional<Long> kibibytes(long pid, String name) {
    try (var lines = Files.lines(ROOT.resolve(pid + "/status"), StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Its environment at its start, as far as it is Muster's; empty for processes of others. */
  static Map<String, String> musterEnvironment(long pid) {
    String all;
    try {
      all = Files.readString(ROOT.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Map.of();
    }
    if (!all.contains("MUSTER_")) {
      return Map.of();
    }
    Map<String, String> found = new HashMap<>();
    String utf8 = new String(all.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    for (String entry : utf8.split("\0")) {
      int equals = entry.indexOf('=');
      if (equals > 0 && entry.startsWith("MUSTER_")) {
        found.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return found;
  }

  /** The wall clock at a number of ticks since the machine started. */
  static Instant instant(long ticks) {
    try (var lines = Files.lines(ROOT.resolve("stat"))) {
      long bootSeconds =
          lines
              .filter(line -> line.startsWith("btime "))
              .mapToLong(line -> Long.parseLong(line.substring("btime ".length()).strip()))
              .findFirst()
              .orElse(0);
      return Instant.ofEpochSecond(bootSeconds).plusMillis(ticks * 1000 / TICKS_PER_SECOND);
    } catch (IOException e) {
      throw new UncheckedIOException("the process runtime needs Linux's /proc", e);
    }
  }

  /** How often the kernel has killed something of our control group for want of memory. */
  static long oomKills() {
    try (var lines = Files.lines(Path.of("/sys/fs/cgroup/memory.events"))) {
      return lines
          .filter(line -> line.startsWith("oom_kill "))
          .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
