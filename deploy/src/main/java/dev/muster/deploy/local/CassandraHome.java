package dev.muster.deploy.local;

import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a Cassandra needs to run.
 *
 * @param java of a version that it supports
 * @param libraries the folder of its jars
 */
record CassandraHome(Path java, Path libraries) {
  private static final int JAVA_MIN = 11;
  private static final int JAVA_MAX = 17;

  /** What can be found on this machine. */
  static CassandraHome find() {
    return new CassandraHome(findJava(), findLibraries());
  }

  /** The launcher's build puts them there. */
  private static Path findLibraries() {
    Path libraries =
        Path.of(System.getProperty("muster.home", ".")).resolve("deploy/cassandra/target/lib");
    if (!Files.isDirectory(libraries)) {
      throw new StartupException(
          "the jars of Cassandra are not in "
              + libraries.toAbsolutePath().normalize()
              + ": build them with 'mvn -f deploy/cassandra package'");
    }
    return libraries;
  }

  /** Cassandra 5.0 supports Java 11 and 17, and ends at its start on what is newer than 23. */
  private static Path findJava() {
    List<Path> homes = new ArrayList<>();
    String chosen = System.getenv("CASSANDRA_JAVA_HOME");
    if (chosen != null) {
      homes.add(Path.of(chosen));
    }
    for (String folder :
        List.of(
            "/usr/lib/jvm",
            System.getProperty("user.home") + "/.sdkman/candidates/java",
            System.getProperty("user.home") + "/.jdks",
            "/opt/java")) {
      homes.addAll(children(Path.of(folder)));
    }
    return homes.stream()
        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
        .filter(home -> version(home) >= JAVA_MIN && version(home) <= JAVA_MAX)
        .max(Comparator.comparingInt(CassandraHome::version))
        .map(home -> home.resolve("bin/java"))
        .orElseThrow(
            () ->
                new StartupException(
                    "no Java of version "
                        + JAVA_MIN
                        + " to "
                        + JAVA_MAX
                        + " was found, which Cassandra 5.0 needs; install one (openjdk-17-jre), or"
                        + " set CASSANDRA_JAVA_HOME"));
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** From the JDK's {@code release} file; 0 where there is none. */
  private static int version(Path home) {
    Properties release = new Properties();
    try (var content = Files.newBufferedReader(home.resolve("release"))) {
      release.load(content);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      String first = version.replaceFirst("^1\\.", "").split("[^0-9]", 2)[0];
      return first.isEmpty() ? 0 : Integer.parseInt(first);
    } catch (IOException noJdk) {
      return 0;
    }
  }
}
