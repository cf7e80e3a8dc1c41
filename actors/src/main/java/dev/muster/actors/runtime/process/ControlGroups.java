package dev.muster.actors.runtime.process;

import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The control groups (version 2) of one data directory's replicas, where the kernel lets us have
 * them: then it holds each replica to its memory, with everything that the replica starts.
 *
 * <p>It does where Muster's own group has the memory controller and is Muster's alone, as under a
 * systemd unit with {@code Delegate=yes} or in a container with a writable group; or where a group
 * is named that was delegated to Muster. Elsewhere the runtime watches over memory by itself.
 */
final class ControlGroups {
  private static final System.Logger LOG = System.getLogger(ControlGroups.class.getName());
  private static final String CONTROLLERS = "cgroup.controllers";
  private static final String SUBTREE = "cgroup.subtree_control";
  private static final String PROCESSES = "cgroup.procs";
  private static final String NONE = "off";
  private static final String OWN = "auto";

  private final Optional<Path> parent;
  private final String prefix;

  private ControlGroups(Optional<Path> parent, String marker) {
    this.parent = parent;
    this.prefix = "muster-" + Integer.toHexString(marker.hashCode()) + "-";
  }

  /**
   * The groups that a setting stands for.
   *
   * @param setting {@code auto}, {@code off}, or the directory of a group that is Muster's to use
   * @param processFiles {@code /proc/self}
   * @param marker of the data directory
   */
  static ControlGroups open(String setting, Path processFiles, String marker) {
    if (setting.equals(NONE)) {
      return new ControlGroups(Optional.empty(), marker);
    }
    try {
      Optional<Path> parent =
          setting.equals(OWN)
              ? own(processFiles).filter(ControlGroups::isOurs).map(ControlGroups::vacated)
              : Optional.of(Path.of(setting));
      Optional<Path> usable = parent.filter(ControlGroups::controlsMemory);
      if (usable.isEmpty() && !setting.equals(OWN)) {
        LOG.log(Level.WARNING, "{0} is no control group with a memory controller", setting);
      }
      return new ControlGroups(usable, marker);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "no control groups: {0}", e.getMessage());
      return new ControlGroups(Optional.empty(), marker);
    }
  }

  boolean areUsable() {
    return parent.isPresent();
  }

  /** A fresh group that allows so much; empty where there can be none. */
  Optional<ControlGroup> create(ReplicaId id, long memoryBytes) {
    Optional<ControlGroup> group = parent.map(directory -> group(directory, id));
    return group.filter(
        made -> {
          try {
            made.remove();
            Files.createDirectories(made.directory());
            made.limit(memoryBytes);
            return true;
          } catch (IOException e) {
            LOG.log(Level.WARNING, "no control group for replica {0}: {1}", id, e);
            return false;
          }
        });
  }

  /** The group of a replica that runs already; empty where it has none. */
  Optional<ControlGroup> existing(ReplicaId id) {
    return parent
        .map(directory -> group(directory, id))
        .filter(group -> Files.isDirectory(group.directory()));
  }

  private ControlGroup group(Path directory, ReplicaId id) {
    return new ControlGroup(directory.resolve(prefix + id.value()));
  }

  /** The group that this process is in, in the unified hierarchy. */
  private static Optional<Path> own(Path processFiles) {
    Optional<String> mount =
        lines(processFiles.resolve("mountinfo")).stream()
            .filter(line -> line.contains(" - cgroup2 "))
            .map(line -> line.split(" ")[4])
            .findFirst();
    Optional<String> path =
        lines(processFiles.resolve("cgroup")).stream()
            .filter(line -> line.startsWith("0::/"))
            .map(line -> line.substring("0::/".length()))
            .findFirst();
    return mount.flatMap(at -> path.map(below -> Path.of(at).resolve(below)));
  }

  /** The kernel gives controllers only to groups below one that has no processes of its own. */
  private static boolean isOurs(Path group) {
    List<String> processes = lines(group.resolve(PROCESSES));
    return has(group.resolve(CONTROLLERS), "memory")
        && Files.isWritable(group.resolve(SUBTREE))
        && processes.equals(List.of(Long.toString(ProcessHandle.current().pid())));
  }

  private static Path vacated(Path group) {
    try {
      Path leaf = Files.createDirectories(group.resolve("muster"));
      Files.writeString(leaf.resolve(PROCESSES), Long.toString(ProcessHandle.current().pid()));
      return group;
    } catch (IOException e) {
      throw new IllegalStateException("cannot move into a group of its own: " + e.getMessage(), e);
    }
  }

  private static boolean controlsMemory(Path group) {
    try {
      if (!has(group.resolve(CONTROLLERS), "memory")) {
        return false;
      }
      if (!has(group.resolve(SUBTREE), "memory")) {
        Files.writeString(group.resolve(SUBTREE), "+memory");
      }
      return has(group.resolve(SUBTREE), "memory");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot use the control group {0}: {1}", group, e.getMessage());
      return false;
    }
  }

  private static boolean has(Path file, String controller) {
    return lines(file).stream()
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .anyMatch(word -> word.equals(controller) || word.equals("+" + controller));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
