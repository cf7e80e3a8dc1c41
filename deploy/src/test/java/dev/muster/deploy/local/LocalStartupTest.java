package dev.muster.deploy.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program that sleeps in the place of Cassandra. */
final class LocalStartupTest {
  @TempDir private Path folder;

  private Process cassandra;
  private LocalProcesses processes;

  @BeforeEach
  void start() throws IOException {
    cassandra = new ProcessBuilder("sleep", "600").start();
    processes = new LocalProcesses(folder, cassandra.pid(), 9042);
  }

  @AfterEach
  void end() throws InterruptedException {
    cassandra.destroyForcibly().waitFor();
  }

  @Test
  void whatRunsIsWrittenDownBeforeAnythingElseIsStarted() throws Exception {
    LocalStartup.run(
        processes,
        () -> {
          LocalState state = LocalState.read(folder).orElseThrow();
          assertEquals(cassandra.pid(), state.cassandra().pid());
          assertEquals(List.of(), state.nodes());
        });

    assertTrue(cassandra.isAlive(), "it goes on after the start");
  }

  @Test
  void aStartThatFailsEndsWhatItHasStarted() {
    StartupException failure =
        assertThrows(
            StartupException.class,
            () ->
                LocalStartup.run(
                    processes,
                    () -> {
                      throw new StartupException("node 1 did not start");
                    }));

    assertEquals("node 1 did not start", failure.getMessage());
    assertFalse(cassandra.isAlive());
    assertTrue(LocalState.read(folder).orElseThrow().cassandra().process().isEmpty());
  }

  @Test
  void nothingIsStartedOnceAllIsBeingEnded() throws Exception {
    processes.end();

    assertThrows(
        IOException.class, () -> processes.start(0, "az1", folder.resolve("node-0"), List.of()));
  }

  @Test
  void whatSomebodyElseListensOnIsNotTakenForCassandra() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      StartupException refused =
          assertThrows(
              StartupException.class,
              () -> CassandraProcess.start(folder, other.getLocalPort(), 0));
      assertTrue(
          refused.getMessage().contains("127.0.0.1:" + other.getLocalPort()), refused.getMessage());
    }
  }
}
