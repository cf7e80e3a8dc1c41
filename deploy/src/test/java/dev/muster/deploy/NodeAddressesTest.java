package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeAddressesTest {
  @TempDir private Path folder;

  @Test
  void aNodeThatRunsIsFound() throws IOException {
    NodeAddresses addresses = addresses(RunningProcess.of(ProcessHandle.current().pid()));
    addresses.write(folder);

    assertEquals(Optional.of(addresses), NodeAddresses.find(folder));
  }

  @Test
  void aNodeThatIsGoneIsNotFoundThoughItsNumberWasGivenToAnother() throws IOException {
    addresses(new RunningProcess(ProcessHandle.current().pid(), "2001-01-01T00:00:00Z"))
        .write(folder);

    assertEquals(Optional.empty(), NodeAddresses.find(folder));
  }

  @Test
  void whereNoneEverRanThereIsNone() {
    assertEquals(Optional.empty(), NodeAddresses.find(folder.resolve("nowhere")));
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Files.writeString(folder.resolve("addresses"), "pid=many\n");

    StartupException refused =
        assertThrows(StartupException.class, () -> NodeAddresses.find(folder));
    assertTrue(refused.getMessage().contains("addresses"), refused.getMessage());
  }

  private static NodeAddresses addresses(RunningProcess process) {
    return new NodeAddresses(
        process,
        new InetSocketAddress("127.0.0.1", 6875),
        new InetSocketAddress("127.0.0.1", 6877),
        new InetSocketAddress("127.0.0.1", 6876));
  }
}
