package dev.muster.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.Reply;
import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stop of Muster waits for, so that no cluster's last events can be cut off unnoticed. */
class ChainReporterTest {
  private static final ClusterId U1 = ClusterId.user(1);

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<EnvironmentMessage> environment = kit.createTestProbe();
  private final TestProbe<Done> stop = kit.createTestProbe();
  private final ChainHeads heads = new ChainHeads();
  private final ActorRef<ChainReporter.Message> reporter =
      kit.spawn(ChainReporter.create(heads, Duration.ofDays(1), environment.getRef()::tell));

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  private void answersWith(ChainHead... expected) {
    EnvironmentMessage.Checkpoint checkpoint =
        environment.expectMessageClass(EnvironmentMessage.Checkpoint.class);
    assertEquals(List.of(expected), checkpoint.heads());
    checkpoint.replyTo().tell(new Answer(0, HybridTime.ZERO, new Reply.Done(List.of())));
  }

  @Test
  void aStopWaitsForNothingWhereNothingHasMoved() {
    reporter.tell(new ChainReporter.Message.Flush(stop.getRef()));
    stop.expectMessage(Done.getInstance());
    environment.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aStopWaitsUntilAllThatHasMovedIsJournaledAlsoWhatMovesMeanwhile() {
    heads.moved(U1, 4, "four");
    reporter.tell(new ChainReporter.Message.Flush(stop.getRef()));
    EnvironmentMessage.Checkpoint first =
        environment.expectMessageClass(EnvironmentMessage.Checkpoint.class);
    heads.moved(U1, 5, "five");
    first.replyTo().tell(new Answer(0, HybridTime.ZERO, new Reply.Done(List.of())));
    answersWith(new ChainHead(U1, 5, "five"));
    stop.expectMessage(Done.getInstance());
    assertEquals(List.of(), heads.some(1));
  }

  @Test
  void theAnswerToWhatWasToldBeforeIsNotTakenForTheLast() {
    heads.moved(U1, 4, "four");
    reporter.tell(new ChainReporter.Message.Look());
    EnvironmentMessage.Checkpoint first =
        environment.expectMessageClass(EnvironmentMessage.Checkpoint.class);
    heads.moved(U1, 5, "five");
    reporter.tell(new ChainReporter.Message.Flush(stop.getRef()));
    EnvironmentMessage.Checkpoint second =
        environment.expectMessageClass(EnvironmentMessage.Checkpoint.class);
    first.replyTo().tell(new Answer(0, HybridTime.ZERO, new Reply.Done(List.of())));
    second.replyTo().tell(new Answer(0, HybridTime.ZERO, new Reply.Done(List.of())));
    stop.expectMessage(Done.getInstance());
    assertEquals(List.of(), heads.some(1));
  }
}
