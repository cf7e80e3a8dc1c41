package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nodes of the commit before beside nodes of this one: {@code mvn -Pnodes verify}. The other commit
 * (by default the one before; {@code MUSTER_OTHER_COMMIT} names another) is built in a worktree of
 * its own.
 */
class VersionsIT {
  private static final String OTHER =
      Optional.ofNullable(System.getenv("MUSTER_OTHER_COMMIT")).orElse("HEAD~1");

  /** A busy machine takes minutes for it. */
  private static final Duration BUILT_WITHIN = Duration.ofMinutes(10);

  private static Path worktree;
  private static LocalCluster cluster;

  @RegisterExtension static final SharedNodes INSTALLATION = new SharedNodes();

  private static Program.Result in(Path where, String... command) {
    List<String> whole = new ArrayList<>(List.of("env", "-C", where.toString()));
    whole.addAll(List.of(command));
    return Program.run(whole, Map.of(), "");
  }

  @BeforeAll
  static void start() throws IOException {
    Needs.cassandra();
    if (in(Distribution.ROOT, "git", "rev-parse", "--verify", OTHER + "^{commit}").exitCode()
        != 0) {
      Needs.skip("two versions together: there is no git here that knows " + OTHER);
    }
    worktree = Folders.create("muster-other").resolve("worktree");
    in(Distribution.ROOT, "git", "worktree", "add", "--detach", worktree.toString(), OTHER)
        .succeeded();
    Program.run(
            List.of(
                "env",
                "-C",
                worktree.toString(),
                "mvn",
                "-q",
                "-B",
                "-Dquickly",
                "-Dmaven.test.skip=true",
                "-Dtrain.skip",
                "package"),
            BUILT_WITHIN)
        .succeeded();
    cluster = INSTALLATION.start(3, "", "--runtime=simulated");
  }

  @AfterAll
  static void stop() throws Exception {
    if (worktree != null) {
      in(Distribution.ROOT, "git", "worktree", "remove", "--force", worktree.toString());
      if (Files.exists(worktree.getParent())) {
        Folders.delete(worktree.getParent());
      }
    }
  }

  private static void worksEverywhere(String name) throws SQLException {
    for (int node = 0; node < 3; node++) {
      String own = name + node;
      cluster.sql(node, "CREATE CLUSTER " + own + " (SIZE = '25cc', REPLICATION FACTOR = 1)");
      for (int other = 0; other < 3; other++) {
        assertTrue(cluster.names(other).contains(own), other + " does not see " + own);
        assertTrue(cluster.alterAndSee(other, own), "node " + other + " alters " + own);
      }
    }
  }

  /** A rolling upgrade, and half of one back. */
  @Test
  void aNodeOfTheCommitBeforeWorksBesideThoseOfThisOne() throws Exception {
    Optional<String> other =
        Optional.of(worktree.resolve("deploy/target/muster/lib").toString() + "/*");
    cluster.terminate(2);
    cluster.restart(2, List.of(), other);
    Await.until("the older one serves", () -> !cluster.names(2).isEmpty());
    worksEverywhere("a");
    assertOlderOneHasNothing();

    // The oldest member is one of the commit before: it has the coordinator of all entities.
    for (int node = 0; node < 2; node++) {
      int restarted = node;
      cluster.terminate(node);
      cluster.restart(node);
      Await.until("it serves again", () -> !cluster.names(restarted).isEmpty());
    }
    worksEverywhere("b");
    assertOlderOneHasNothing();

    cluster.terminate(2);
    cluster.restart(2);
    Await.until("all are of this commit", () -> !cluster.names(2).isEmpty());
    worksEverywhere("c");
    Await.until("the last one has its share again", () -> cluster.entities(2) > 0);
  }

  /** What the newer ones journal it may not be able to read. */
  private static void assertOlderOneHasNothing() throws IOException {
    assertEquals(0, cluster.entities(2), "entities of the older node");
    assertTrue(cluster.entities(0) + cluster.entities(1) > 0, "entities of the newer nodes");
  }
}
