package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The design document of managed clusters as one session of the real psql; its output was written
 * down by hand.
 */
class SeedDocumentIT {
  @RegisterExtension static final Harness HARNESS = new Harness();

  /**
   * What a resize tells before its cut-over: it names the time of its deadline, and how often it
   * tells of progress depends on the machine. The document promises a resize without downtime for
   * the future, which is now.
   */
  private static final Pattern PROGRESS =
      Pattern.compile(
          "NOTICE:  reconfiguration started: .*\\RDETAIL:  .*\\R|NOTICE:  \\d+ of .*"
              + " hydrated.*\\R");

  private static RunningMuster muster;

  @BeforeAll
  static void start() {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
  }

  @Test
  void everyExampleAndErrorIsAsTheDocumentHasIt() {
    assertEquals(
        resource("seed-003.expected"),
        PROGRESS.matcher(muster.psql(resource("seed-003.sql"), "-a")).replaceAll(""));
  }

  @Test
  void everyErrorHasItsOwnSqlState() {
    String output = muster.psql("\\set VERBOSITY verbose\n" + resource("seed-003.sql"), "-q");
    List<String> states =
        Pattern.compile("^ERROR:  (\\w{5}): ", Pattern.MULTILINE)
            .matcher(output)
            .results()
            .map((MatchResult error) -> error.group(1))
            .toList();
    assertEquals(
        List.of(
            "22023", // SIZE and REPLICAS
            "42601", // neither
            "22023", // MANAGED = false with SIZE
            "22023", // MANAGED = true with REPLICAS
            "22023", // REPLICATION FACTOR with REPLICAS
            "0A000", // SIZE of an unmanaged cluster
            "0A000", // REPLICATION FACTOR of an unmanaged cluster
            "0A000", // not one size
            "0A000", // wrong names
            "0A000", // a gap
            "42704", // no such cluster
            "0A000", // drop a managed replica
            "0A000", // create one
            "0A000"), // rename one
        states);
    assertTrue(!output.contains("LOCATION"), "inner places are nobody's business");
  }

  private static String resource(String name) {
    try (var in = Objects.requireNonNull(SeedDocumentIT.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
