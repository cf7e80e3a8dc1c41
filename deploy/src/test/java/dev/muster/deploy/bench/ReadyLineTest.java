package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadyLineTest {
  @Test
  void bothPortsAreRead() {
    assertEquals(
        Optional.of(new ReadyLine(6875, 6878)),
        ReadyLine.parse("muster ready: sql=127.0.0.1:6875 http=127.0.0.1:6878"));
  }

  @Test
  void anAddressOfVersionSixHasColonsOfItsOwn() {
    assertEquals(
        Optional.of(new ReadyLine(1, 2)),
        ReadyLine.parse("muster ready: sql=[0:0:0:0:0:0:0:1]:1 http=[::1]:2"));
  }

  @Test
  void otherLinesAreNoPromise() {
    assertEquals(Optional.empty(), ReadyLine.parse("muster: building ..."));
    assertEquals(Optional.empty(), ReadyLine.parse("muster ready: sql=127.0.0.1:68"));
  }
}
