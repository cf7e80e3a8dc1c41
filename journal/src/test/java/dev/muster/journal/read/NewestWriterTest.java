package dev.muster.journal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events are called by their number, who wrote them and when: the old writer is node 1. */
final class NewestWriterTest {
  private static Sequenced<String> event(long number, String writer, long millis) {
    int node = writer.equals("old") ? 1 : 2;
    return new Sequenced<>(
        number,
        new Recorded<>(
            HybridTime.ofEpochMilli(millis, node), Origin.SYSTEM, number + " " + writer));
  }

  private static List<String> kept(List<Sequenced<String>> read) {
    return NewestWriter.of(read).stream().map(event -> event.recorded().event()).toList();
  }

  @Test
  void whatIsThereOnceIsLeftAsItIs() {
    assertEquals(
        List.of("1 old", "2 new", "3 old"),
        kept(List.of(event(1, "old", 10), event(2, "new", 20), event(3, "old", 30))));
  }

  @Test
  void anOldWritersEventThatWasWrittenBeforeTheNewOnesIsReplaced() {
    assertEquals(
        List.of("1 old", "2 new", "3 new"),
        kept(
            List.of(
                event(1, "old", 10),
                event(2, "old", 20),
                event(2, "new", 30),
                event(3, "new", 31))));
  }

  /** It was suspended before it gave its event a time. */
  @Test
  void anOldWritersEventThatIsWrittenAfterTheNewOnesIsPassedOver() {
    assertEquals(
        List.of("1 old", "2 new", "3 new"),
        kept(
            List.of(
                event(1, "old", 10),
                event(2, "new", 30),
                event(2, "old", 40),
                event(3, "new", 50))));
  }

  @Test
  void whatTheOldWriterSaidBeyondIsPassedOverToo() {
    assertEquals(
        List.of("1 old", "2 new"),
        kept(
            List.of(
                event(1, "old", 10),
                event(2, "old", 20),
                event(2, "new", 30),
                event(3, "old", 21))));
  }

  @Test
  void whoComesBackLaterIsANewWriter() {
    assertEquals(
        List.of("1 old", "2 new", "3 old"),
        kept(
            List.of(
                event(1, "old", 10),
                event(2, "old", 20),
                event(2, "new", 30),
                event(3, "old", 40))));
  }

  @Test
  void twoAttemptsOfOneNodeCountAsTheLaterOne() {
    assertEquals(
        List.of(HybridTime.ofEpochMilli(20, 1)),
        NewestWriter.of(List.of(event(1, "old", 10), event(1, "old", 20))).stream()
            .map(event -> event.recorded().at())
            .toList());
  }
}
