package dev.muster.api.sql.session;

import dev.muster.api.Muster;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Reply;
import dev.muster.api.error.NoticeMessages;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.statement.Change;
import dev.muster.journal.event.Origin;
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
  }

  void run(Change change, String statement, String application, Consumer<SqlMessage> notices) {
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
          answer(muster.environment(asked.command(), origin), subject(asked.command()), notices);
      case Change.OfCluster asked ->
          answer(muster.cluster(asked.id(), asked.command(), origin), asked.name(), notices);
    }
  }

  /** The cluster that the environment may speak of without naming it. */
  private static String subject(EnvironmentCommand command) {
    return switch (command) {
      case EnvironmentCommand.CreateCluster create -> create.name();
      case EnvironmentCommand.RenameCluster rename -> rename.name();
      case EnvironmentCommand.ChangeOwner change -> change.name();
      case EnvironmentCommand.DropClusters drop -> String.join(", ", drop.names());
      case EnvironmentCommand.SwapClusters swap -> swap.swaps().getFirst().name();
      case EnvironmentCommand.DropReplicas ignored -> "";
      case EnvironmentCommand.CommentOnRole ignored -> "";
    };
  }

  private void answer(CompletionStage<Reply> reply, String cluster, Consumer<SqlMessage> notices) {
    switch (sent(reply)) {
      case Reply.Done done -> done.notices().forEach(n -> notices.accept(NoticeMessages.of(n)));
      case Reply.Refused refused ->
          throw new SqlException(rejections.of(refused.rejection(), cluster));
    }
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
