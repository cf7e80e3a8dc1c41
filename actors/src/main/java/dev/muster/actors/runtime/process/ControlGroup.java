package dev.muster.actors.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The control group (version 2) of one replica: its processes, and what they may use together. */
record ControlGroup(Path directory) {
  private static final String PROCESSES = "cgroup.procs";

  /** Limits memory, swap included, and has the kernel end all of the group where it is exceeded. */
  void limit(long memoryBytes) throws IOException {
    write("memory.max", Long.toString(memoryBytes));
    writeWhereKnown("memory.swap.max", "0");
    writeWhereKnown("memory.oom.group", "1");
  }

  /** The command that enters the group and then becomes the given one, as the same process. */
  List<String> entering(List<String> command) {
    List<String> entering = new ArrayList<>();
    entering.add("sh");
    entering.add("-c");
    // 0 is whoever writes it.
    entering.add("echo 0 > \"$1\" && shift && exec \"$@\"");
    entering.add("sh");
    entering.add(directory.resolve(PROCESSES).toString());
    entering.addAll(command);
    return entering;
  }

  /** How often the kernel has killed something of it for want of memory. */
  long oomKills() {
    return value("memory.events", "oom_kill ").orElse(0L);
  }

  /** The most memory that it has used; kernels before 5.19 do not tell. */
  Optional<Long> peakBytes() {
    return value("memory.peak", "");
  }

  /** Processor time that it has used. */
  Optional<Long> cpuMicros() {
    return value("cpu.stat", "usage_usec ");
  }

  /** Ends whatever is left in it, and removes it; one that is not empty yet stays. */
  void remove() throws IOException {
    if (Files.isDirectory(directory)) {
      writeWhereKnown("cgroup.kill", "1");
      Files.deleteIfExists(directory);
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private void writeWhereKnown(String file, String text) throws IOException {
    if (Files.exists(directory.resolve(file))) {
      write(file, text);
    }
  }

  private Optional<Long> value(String file, String key) {
    try (var lines = Files.lines(directory.resolve(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> Long.parseLong(line.substring(key.length()).strip()))
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
