package dev.muster.deploy.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A node's own record of the simulated replicas that run on it, read from outside. */
final class SimulatedRecord {
  private SimulatedRecord() {}

  /**
   * The replicas that run, each with its incarnation.
   *
   * @param data the node's data directory
   */
  static Map<String, Long> running(Path data) {
    Map<String, Long> running = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(data.resolve("simulated-replicas"))) {
        String[] part = line.split(" ");
        if (line.endsWith(" .") && part[0].equals("+")) {
          running.put(part[1], Long.valueOf(part[2]));
        } else if (line.endsWith(" .") && part[0].equals("-")) {
          running.remove(part[1]);
        }
      }
    } catch (NoSuchFileException notYet) {
      return Map.of();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    return running;
  }
}
