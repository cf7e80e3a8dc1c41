package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.Version;
import org.junit.jupiter.api.Test;

/**
 * Pekko's parts are of one version. It would look at that by itself with every start, but discovery
 * was not published with the version that we use: it is the one that may differ.
 */
final class PekkoVersionsTest {
  private static final Set<String> PARTS =
      Set.of(
          "pekko-actor",
          "pekko-actor-typed",
          "pekko-cluster",
          "pekko-cluster-sharding",
          "pekko-cluster-sharding-typed",
          "pekko-cluster-tools",
          "pekko-cluster-typed",
          "pekko-coordination",
          "pekko-discovery",
          "pekko-distributed-data",
          "pekko-persistence",
          "pekko-persistence-query",
          "pekko-persistence-typed",
          "pekko-protobuf-v3",
          "pekko-remote",
          "pekko-slf4j",
          "pekko-stream");

  private static final Pattern JAR = Pattern.compile("(pekko-[a-z0-9-]+)_2\\.13-(.+)\\.jar");

  @Test
  void allPartsOfPekkoButDiscoveryAreOfOneVersion() {
    Map<String, String> versions = new HashMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Matcher jar = JAR.matcher(Path.of(entry).getFileName().toString());
      if (jar.matches() && PARTS.contains(jar.group(1))) {
        versions.put(jar.group(1), jar.group(2));
      }
    }
    assertEquals(PARTS, versions.keySet());
    assertTrue(versions.remove("pekko-discovery").startsWith("1."));
    assertEquals(Set.of(Version.current()), new TreeSet<>(versions.values()));
    assertEquals(PARTS.size() - 1, versions.size(), Arrays.toString(versions.keySet().toArray()));
  }
}
