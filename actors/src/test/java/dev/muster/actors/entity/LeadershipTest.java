package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.time.HybridClock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The answers of clusters, in the orders in which a slow journal lets them come. */
class LeadershipTest {
  private static final ClusterId C = ClusterId.user(2);
  private static final Reply DONE = new Reply.Done();

  private final HybridClock clock = new HybridClock(InstantSource.system(), 0);
  private final List<Long> told = new ArrayList<>();
  private final List<Reply> replies = new ArrayList<>();
  private final Leadership leadership =
      new Leadership(
          new EntityRuntime(
              clock, null, null, null, null, null, null, null, null, null, null, null),
          (id, message) -> told.add(((ClusterMessage.Execute) message).token()),
          null);

  private void create() {
    Lead lead = new Lead(replies::add, List.of());
    leadership.lead(
        lead,
        List.of(new ClusterCreationStarted(C, "c", "materialize", managed("small", 0), List.of())),
        Origin.SYSTEM);
  }

  private void drop() {
    Lead lead = new Lead(replies::add, List.of());
    List<EnvironmentEvent> dropped = List.of(new ClusterDropStarted(List.of(C)));
    leadership.lead(lead, dropped, Origin.SYSTEM);
  }

  private Optional<Leadership.Refusal> answer(long token, Reply reply) {
    HybridTime now = clock.next();
    return leadership.answered(new Answer(token, now, reply));
  }

  private void finish() {
    List<Long> tokens = leadership.done();
    leadership.finishing(tokens, EnvironmentState.EMPTY);
    leadership.finished(tokens);
  }

  @Test
  void whatIsNotAnsweredIsAskedAgainAndWhatIsDoneIsNot() {
    create();
    leadership.driveAgain();
    answer(told.getFirst(), DONE);
    leadership.driveAgain();
    assertEquals(List.of(1L, 1L), told);
  }

  /** Asked twice, done the first time, dropped, refused the second time: it is done. */
  @Test
  void aCreationThatWasDoneIsNotWithdrawnWhenAskedAgainAfterItsDrop() {
    create();
    leadership.driveAgain();
    assertEquals(Optional.empty(), answer(1, DONE));
    drop();
    assertEquals(Optional.empty(), answer(2, DONE));
    assertEquals(Optional.empty(), answer(1, new Reply.Refused(new Rejection.ClusterGone())));
    finish();
    assertEquals(List.of(1L, 1L, 2L), told);
    assertEquals(List.of(DONE, DONE), replies);
    assertTrue(leadership.done().isEmpty());
  }

  /** Sent again after the drop was done, it would begin a cluster that nobody knows. */
  @Test
  void aCreationIsNotAskedForAgainOnceItsDropIsDecided() {
    create();
    drop();
    assertEquals(List.of(DONE), replies);
    leadership.driveAgain();
    assertEquals(List.of(1L, 2L, 2L), told);
    assertEquals(Optional.empty(), answer(1, DONE));
    assertEquals(Optional.empty(), answer(2, DONE));
    finish();
    assertEquals(List.of(DONE, DONE), replies);
  }

  @Test
  void anAnswerThatComesAfterTheEndIsNobodysBusiness() {
    create();
    answer(1, DONE);
    finish();
    assertEquals(Optional.empty(), answer(1, DONE));
    assertEquals(List.of(), leadership.done());
  }

  @Test
  void aCreationThatItsClusterRefusesIsHandedOutAndItsLeadRefused() {
    create();
    Rejection gone = new Rejection.ClusterGone();
    Leadership.Refusal refusal = answer(1, new Reply.Refused(gone)).orElseThrow();
    leadership.withdrawn(refusal);
    assertEquals(List.of(new Reply.Refused(gone)), replies);
    leadership.driveAgain();
    assertEquals(List.of(1L), told);
  }
}
