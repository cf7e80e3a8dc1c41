package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A node is ready only as long as its journal answers. */
class JournalProbeTest {
  private long nanos;
  private final List<CompletableFuture<List<JournalReader.Sequenced<EnvironmentEvent>>>> readings =
      new ArrayList<>();
  private final JournalProbe probe = new JournalProbe(new Journal(), () -> nanos);

  private final class Journal implements JournalReader {
    @Override
    public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
        ClusterId id, long from, long to) {
      throw new AssertionError("nobody asked for " + id);
    }

    @Override
    public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
      readings.add(new CompletableFuture<>());
      return readings.getLast();
    }
  }

  private void answers() {
    Recorded<EnvironmentEvent> first =
        new Recorded<>(
            HybridTime.ofEpochMilli(1, 0),
            Origin.SYSTEM,
            new EnvironmentEvent.EnvironmentInitialized("e1"));
    readings.getLast().complete(List.of(new JournalReader.Sequenced<>(1, first)));
  }

  private void passes(java.time.Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void itIsAskedOncePerInterval() {
    assertEquals(Optional.empty(), probe.hindrance(), "it was not asked for long");
    answers();
    assertEquals(Optional.empty(), probe.hindrance());
    assertEquals(Optional.empty(), probe.hindrance());
    assertEquals(1, readings.size());
    passes(JournalProbe.AGAIN_AFTER);
    assertEquals(Optional.empty(), probe.hindrance());
    assertEquals(2, readings.size());
  }

  @Test
  void whatIsWrongWithItIsSaidUntilItIsRightAgain() {
    probe.hindrance();
    readings.getLast().completeExceptionally(new JournalUnusableException("it is cut off"));
    Optional<String> wrong = Optional.of("the journal cannot be read: it is cut off");
    assertEquals(wrong, probe.hindrance());
    passes(JournalProbe.AGAIN_AFTER);
    assertEquals(wrong, probe.hindrance(), "the next answer is awaited");
    answers();
    assertEquals(Optional.empty(), probe.hindrance());
  }

  @Test
  void silenceIsAReasonAfterAWhile() {
    assertEquals(Optional.empty(), probe.hindrance());
    passes(JournalProbe.SILENT_FOR);
    assertEquals(Optional.of("the journal does not answer"), probe.hindrance());
    assertEquals(1, readings.size(), "one question at a time");
    answers();
    assertEquals(Optional.empty(), probe.hindrance());
  }

  @Test
  void aJournalThatHasLostItsBeginningIsNone() {
    probe.hindrance();
    readings.getLast().complete(List.of());
    assertEquals(
        Optional.of("the journal cannot be read: its first event is gone"), probe.hindrance());
  }
}
