package dev.muster.actors.runtime;

import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulation's log as a text file: {@code + u1-1 2 az1 .} for a start with its incarnation and
 * zone, {@code - u1-1 .} for an end. What is written is there after a kill of the JVM; it is not
 * synced, as processes do not outlive a loss of power either. Safe for use by many threads.
 */
public final class SimulationFile implements SimulationLog {
  private static final Logger LOG = LoggerFactory.getLogger(SimulationFile.class);

  /** Whole lines only: the point at the end is missing where a write was cut short. */
  private static final Pattern LINE =
      Pattern.compile("(?<change>[+-]) (?<id>\\S+)( (?<incarnation>\\d+) (?<zone>.*))? \\.");

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
        Files.readAllLines(file).forEach(line -> read(line, running));
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, running.values().stream().map(SimulationFile::line).toList());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new SimulationFile(
          List.copyOf(running.values()), Files.newOutputStream(file, StandardOpenOption.APPEND));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open " + file, failure);
    }
  }

  private static void read(String line, Map<ReplicaId, RunningReplica> running) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return;
    }
    ReplicaId id = new ReplicaId(matcher.group("id"));
    if (matcher.group("change").equals("-")) {
      running.remove(id);
    } else if (matcher.group("incarnation") != null) {
      long incarnation = Long.parseLong(matcher.group("incarnation"));
      running.put(id, new RunningReplica(id, incarnation, matcher.group("zone"), 0));
    }
  }

  private static String line(RunningReplica replica) {
    return "+ " + replica.id().value() + " " + replica.incarnation() + " " + replica.zone() + " .";
  }

  @Override
  public List<RunningReplica> recall() {
    return before;
  }

  @Override
  public void started(RunningReplica replica) {
    append(line(replica));
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
