package dev.muster.actors.runtime;

import dev.muster.actors.placement.Resources;
import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulation's log as a text file: {@code + u1-1 2 az1 .} for a start with its incarnation and
 * zone, {@code - u1-1 .} for an end; before a start {@code = u1-1 1000000000 1073741824 .}, where
 * it takes something, with billionths of a core and bytes of memory. What is written is there after
 * a kill of the JVM; it is not synced, as processes do not outlive a loss of power either. Safe for
 * use by many threads.
 */
public final class SimulationFile implements SimulationLog {
  private static final Logger LOG = LoggerFactory.getLogger(SimulationFile.class);

  /** Whole lines only: the point at the end is missing where a write was cut short. */
  private static final Pattern LINE =
      Pattern.compile("(?<change>[+-]) (?<id>\\S+)( (?<incarnation>\\d+) (?<zone>.*))? \\.");

  private static final Pattern TAKES =
      Pattern.compile("= (?<id>\\S+) (?<cpu>\\d+) (?<memory>\\d+) \\.");

  private final List<RunningReplica> before;
  private final OutputStream out;
  private boolean isBroken;

  private SimulationFile(List<RunningReplica> before, OutputStream out) {
    this.before = before;
    this.out = out;
  }

  /** Reads it, where it is there, and writes it anew without what has ended. */
  public static SimulationFile open(Path file) {
    try {
      Map<ReplicaId, RunningReplica> running = new LinkedHashMap<>();
      if (Files.exists(file)) {
        Map<ReplicaId, Resources> takes = new HashMap<>();
        Files.readAllLines(file).forEach(line -> read(line, running, takes));
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, running.values().stream().map(SimulationFile::lines).toList());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new SimulationFile(
          List.copyOf(running.values()), Files.newOutputStream(file, StandardOpenOption.APPEND));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open " + file, failure);
    }
  }

  private static void read(
      String line, Map<ReplicaId, RunningReplica> running, Map<ReplicaId, Resources> takes) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      readTakes(line, takes);
      return;
    }
    ReplicaId id = new ReplicaId(matcher.group("id"));
    if (matcher.group("change").equals("-")) {
      running.remove(id);
    } else if (matcher.group("incarnation") != null) {
      long incarnation = Long.parseLong(matcher.group("incarnation"));
      running.put(
          id,
          new RunningReplica(
              id, incarnation, matcher.group("zone"), 0, takes.getOrDefault(id, Resources.NONE)));
    }
  }

  private static void readTakes(String line, Map<ReplicaId, Resources> takes) {
    Matcher matcher = TAKES.matcher(line);
    if (matcher.matches()) {
      takes.put(
          new ReplicaId(matcher.group("id")),
          new Resources(
              Long.parseLong(matcher.group("cpu")), Long.parseLong(matcher.group("memory"))));
    }
  }

  private static String lines(RunningReplica replica) {
    String id = replica.id().value();
    Resources takes = replica.takes();
    String before =
        takes.equals(Resources.NONE)
            ? ""
            : "= " + id + " " + takes.cpuNanoCores() + " " + takes.memoryBytes() + " .\n";
    return before + "+ " + id + " " + replica.incarnation() + " " + replica.zone() + " .";
  }

  @Override
  public List<RunningReplica> recall() {
    return before;
  }

  @Override
  public void started(RunningReplica replica) {
    append(lines(replica));
  }

  @Override
  public void ended(ReplicaId id) {
    append("- " + id.value() + " .");
  }

  /** A replica that cannot be noted, on a full disk, runs all the same, and ends with the JVM. */
  private synchronized void append(String line) {
    try {
      // After a write that was cut short, a line begins anew.
      out.write(((isBroken ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
      isBroken = false;
    } catch (IOException failure) {
      if (!isBroken) {
        LOG.warn("simulated replicas will not outlive this process: {}", failure.getMessage());
      }
      isBroken = true;
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
