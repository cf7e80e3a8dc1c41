package dev.muster.deploy.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product as {@code mvn package} leaves it. */
final class Distribution {
  static final Path ROOT =
      Path.of(System.getProperty("muster.root", "..")).toAbsolutePath().normalize();
  static final Path LAUNCHER = ROOT.resolve("deploy/bin/muster");

  private static final Path BUILT = ROOT.resolve("deploy/target/muster");

  private Distribution() {}

  /**
   * What the launcher ends in: the program on the JDK that runs this test, without the check of
   * what is built, and without the optimizing compiler, which in lives as short as a test's takes
   * twice the processor time that it saves.
   */
  static List<String> command(List<String> arguments) {
    if (!Files.isDirectory(BUILT.resolve("lib"))) {
      throw new IllegalStateException(
          "not packaged yet: " + BUILT.resolve("lib") + " (mvn package makes it)");
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(javaOptions());
    command.add("-Dmuster.home=" + ROOT);
    command.add("-cp");
    command.add(BUILT.resolve("lib") + "/*");
    command.add("dev.muster.deploy.Main");
    command.addAll(arguments);
    return command;
  }

  private static List<String> javaOptions() {
    int feature = Runtime.version().feature();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Xms64m",
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:SharedArchiveFile=" + BUILT.resolve("muster.jsa"),
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Dfile.encoding=UTF-8"));
    if (feature >= 23) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
  }
}
