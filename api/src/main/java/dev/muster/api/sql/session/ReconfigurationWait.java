package dev.muster.api.sql.session;

import dev.muster.api.Muster;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.error.NoticeMessages;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.journal.event.ClusterId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for a reconfiguration's end, and tells its progress meanwhile. It is bounded by the
 * reconfiguration's own deadline and not by {@code statement_timeout}, since the statement is
 * durable by now; a cancellation ends the wait alone.
 */
final class ReconfigurationWait {
  /** Progress in percent is told in steps no smaller than this. */
  private static final int PERCENT_STEP = 10;

  /** After so many answers without a word, the client is told again; it may have gone. */
  private static final int QUIET_ANSWERS_MAX = 10;

  private final Muster muster;
  private final Waiting waiting;
  private final RejectionMessages rejections;

  ReconfigurationWait(Muster muster, Waiting waiting, RejectionMessages rejections) {
    this.muster = muster;
    this.waiting = waiting;
    this.rejections = rejections;
  }

  /**
   * @param name what the user called the cluster
   */
  void await(
      ClusterId cluster, String name, ReconfigurationHandle awaited, Consumer<SqlMessage> notices) {
    waiting.untimed();
    Optional<ReconfigurationProgress> seen = Optional.empty();
    Optional<ReconfigurationProgress.Hydrating> told = Optional.empty();
    int quietAnswers = 0;
    while (true) {
      ReconfigurationProgress progress = next(cluster, awaited, seen);
      seen = Optional.of(progress);
      switch (progress) {
        case ReconfigurationProgress.Hydrating hydrating -> {
          if (isWorthTelling(told, hydrating) || ++quietAnswers >= QUIET_ANSWERS_MAX) {
            notices.accept(NoticeMessages.of(hydrating));
            told = Optional.of(hydrating);
            quietAnswers = 0;
          }
        }
        case ReconfigurationProgress.Finished finished -> {
          notices.accept(NoticeMessages.of(finished));
          return;
        }
        case ReconfigurationProgress.Ended ended ->
            throw new SqlException(rejections.of(ended.rejection(), name));
      }
    }
  }

  private ReconfigurationProgress next(
      ClusterId cluster, ReconfigurationHandle awaited, Optional<ReconfigurationProgress> seen) {
    try {
      return waiting.await(muster.progress(cluster, awaited, seen));
    } catch (SqlException e) {
      throw e.sqlMessage().sqlState().equals(SqlErrors.QUERY_CANCELED)
          ? new SqlException(
              e.sqlMessage()
                  .withDetail("The reconfiguration goes on by itself, also over a restart.")
                  .withHint("To call it off, ALTER the cluster back to what it is."))
          : e;
    }
  }

  private static boolean isWorthTelling(
      Optional<ReconfigurationProgress.Hydrating> told, ReconfigurationProgress.Hydrating now) {
    return told.isEmpty()
        || told.get().hydrated() != now.hydrated()
        || told.get().replicas() != now.replicas()
        || now.percent().orElse(0) - told.get().percent().orElse(0) >= PERCENT_STEP;
  }
}
