package dev.muster.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who else was in the cluster that this node was last a member of, in the file {@code
 * cluster-members} of its data directory. Where there is no such file, it never was in any.
 */
final class RememberedMembers {
  private static final String FILE = "cluster-members";
  private static final String FIRST_LINE = "muster cluster members, layout 1";

  private RememberedMembers() {}

  /**
   * The addresses of the others, {@code HOST:PORT}; empty where this node never was a member.
   *
   * @throws StartupException where the file cannot be read: to take it for none would be unsafe
   */
  static Optional<Set<String>> read(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
      if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
        throw new StartupException(
            file + " has a layout that this version does not know; it says which nodes to join");
      }
      return Optional.of(new LinkedHashSet<>(lines.subList(1, lines.size())));
    } catch (IOException unreadable) {
      throw new StartupException(file + " cannot be read: " + unreadable.getMessage());
    }
  }

  static void write(Path dataDirectory, Set<String> others) throws IOException {
    List<String> lines = new ArrayList<>(List.of(FIRST_LINE));
    lines.addAll(new TreeSet<>(others));
    DurableFile.write(dataDirectory.resolve(FILE), String.join("\n", lines) + "\n");
  }
}
