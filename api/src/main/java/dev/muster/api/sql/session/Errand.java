package dev.muster.api.sql.session;

import dev.muster.api.Muster;
import dev.muster.api.command.Notice;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.Reply;
import dev.muster.api.error.NoticeMessages;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.statement.Change;
import dev.muster.journal.event.Origin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Sends a change to whom it concerns, says who asked for it, and waits for the answer. */
final class Errand {
  private final Muster muster;
  private final Waiting waiting;
  private final RejectionMessages rejections;
  private final String role;
  private final Optional<String> address;
  private final ReconfigurationWait reconfigurations;

  Errand(
      Muster muster,
      Waiting waiting,
      RejectionMessages rejections,
      String role,
      Optional<String> address) {
    this.muster = muster;
    this.waiting = waiting;
    this.rejections = rejections;
    this.role = role;
    this.address = address;
    this.reconfigurations = new ReconfigurationWait(muster, waiting, rejections);
  }

  /**
   * @param mayWait whether to wait for a reconfiguration that the change starts
   */
  void run(
      Change change,
      String statement,
      String application,
      boolean mayWait,
      Consumer<SqlMessage> notices) {
    waiting.check();
    Origin origin =
        new Origin(
            role,
            address,
            Optional.of(application).filter(name -> !name.isEmpty()),
            Optional.of(StatementRecord.of(statement)));
    switch (change) {
      case Change.Nothing ignored -> {
        // Notices have said why.
      }
      case Change.OfEnvironment asked ->
          answer(muster.environment(asked.command(), origin), asked.subject(), notices);
      case Change.OfCluster asked -> {
        Optional<ReconfigurationHandle> underway =
            answer(muster.cluster(asked.id(), asked.command(), origin), asked.name(), notices);
        if (underway.isPresent() && mayWait) {
          reconfigurations.await(asked.id(), asked.name(), underway.get(), notices);
        } else if (underway.isPresent()) {
          notices.accept(NoticeMessages.reconfigurationGoesOn());
        }
      }
    }
  }

  /**
   * @return what is under way still
   */
  private Optional<ReconfigurationHandle> answer(
      CompletionStage<Reply> reply, String cluster, Consumer<SqlMessage> notices) {
    return switch (sent(reply)) {
      case Reply.Done done -> {
        tell(done.notices(), notices);
        yield Optional.empty();
      }
      case Reply.Underway underway -> {
        tell(underway.notices(), notices);
        yield Optional.of(underway.reconfiguration());
      }
      case Reply.Refused refused ->
          throw new SqlException(rejections.of(refused.rejection(), cluster));
    };
  }

  private static void tell(List<Notice> messages, Consumer<SqlMessage> notices) {
    messages.forEach(notice -> notices.accept(NoticeMessages.of(notice)));
  }

  private Reply sent(CompletionStage<Reply> reply) {
    try {
      return waiting.await(reply);
    } catch (SqlException e) {
      throw e.sqlMessage().sqlState().equals(SqlErrors.QUERY_CANCELED)
          ? e.withDetail("The change had been asked for already, and may still be made.")
          : e;
    }
  }
}
