package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.muster.deploy.StartupException;
import dev.muster.deploy.local.CassandraProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine beside a JDK. Where it is missing the test is skipped, but never
 * in silence.
 */
final class Needs {
  private Needs() {}

  /** The real client. It must be there where {@code CI} is set. */
  static void psql() {
    program("psql", "postgresql-client");
  }

  /** What judges metrics and rules. It must be there where {@code CI} is set. */
  static void promtool() {
    program("promtool", "prometheus");
  }

  /** The server itself. It must be there where {@code CI} is set. */
  static void prometheus() {
    program("prometheus", "prometheus");
  }

  /** A Java that Cassandra runs on. It must be there where {@code CI} is set. */
  static void cassandra() {
    System.setProperty("muster.home", Distribution.ROOT.toString());
    try {
      CassandraProcess.requireHome();
    } catch (StartupException missing) {
      assertNull(System.getenv("CI"), missing.getMessage());
      skip(missing.getMessage());
    }
  }

  /** To be allowed to make network namespaces, which few containers are. */
  static void networkNamespaces() {
    if (!isOnPath("ip") || !Network.isPermitted()) {
      skip("no network namespaces can be made here (iproute2 and CAP_NET_ADMIN are needed)");
    }
  }

  private static void program(String name, String debianPackage) {
    if (!isOnPath(name)) {
      String missing = name + " is not on the PATH (Debian: " + debianPackage + ")";
      assertNull(System.getenv("CI"), missing);
      skip(missing);
    }
  }

  private static boolean isOnPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  static void skip(String reason) {
    System.err.println("*** A WHOLE-SYSTEM TEST WAS NOT RUN: " + reason);
    Assumptions.abort(reason);
  }
}
