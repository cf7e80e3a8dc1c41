package dev.muster.api.sql.session;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.session.SqlSession.TransactionStatus;
import dev.muster.api.sql.statement.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction block has done and what it will do at COMMIT: either reads, each of what there
 * is when it starts, or one change, where several swaps count as one. Used by one thread at a time.
 */
final class TransactionBlock {
  /** A change that waits for COMMIT, and the text that asked for it. */
  record Staged(Change change, String statement) {}

  private TransactionStatus status = TransactionStatus.IDLE;
  private Optional<Staged> staged = Optional.empty();
  private boolean hasRead;

  TransactionStatus status() {
    return status;
  }

  boolean isOpen() {
    return status != TransactionStatus.IDLE;
  }

  void begin() {
    status = TransactionStatus.IN_TRANSACTION;
  }

  /** Something went wrong: outside a block that is the statement's matter alone. */
  void fail() {
    if (isOpen()) {
      status = TransactionStatus.FAILED;
      staged = Optional.empty();
    }
  }

  /** Ends the block; what it staged, where it has not failed, is the caller's to carry out. */
  Optional<Staged> end() {
    Optional<Staged> change = staged;
    status = TransactionStatus.IDLE;
    staged = Optional.empty();
    hasRead = false;
    return change;
  }

  /** Before a read: a block that reads changes nothing, and the other way round. */
  void read() {
    if (staged.isPresent()) {
      throw SqlErrors.error(
              SqlErrors.INVALID_TRANSACTION_STATE,
              "transactions which modify objects are restricted to just modifying objects")
          .withHint("End the transaction with COMMIT or ROLLBACK before you read.");
    }
    hasRead = isOpen();
  }

  /** Keeps a change for COMMIT. */
  void stage(String tag, Change change, String statement) {
    if (change instanceof Change.Nothing) {
      return;
    }
    requireNoWait(change);
    if (hasRead) {
      throw notAlone(tag);
    }
    staged =
        Optional.of(
            staged
                .map(before -> merged(tag, before, change, statement))
                .orElseGet(() -> new Staged(change, statement)));
  }

  /** A wait could end in a rollback that comes after the COMMIT. */
  private static void requireNoWait(Change change) {
    if (change instanceof Change.OfCluster(var id, var name, ClusterCommand.Alter alter)
        && alter.waitPolicy().waits()) {
      throw SqlErrors.error(
              SqlErrors.ACTIVE_SQL_TRANSACTION,
              "ALTER CLUSTER ... WITH (WAIT ...) cannot run inside a transaction block")
          .withHint("Run it by itself, or leave the WAIT clause out.");
    }
  }

  private static Staged merged(String tag, Staged before, Change change, String statement) {
    List<EnvironmentCommand.Swap> swaps = new ArrayList<>(swaps(before.change(), tag));
    swaps.addAll(swaps(change, tag));
    return new Staged(
        new Change.OfEnvironment(new EnvironmentCommand.SwapClusters(swaps)),
        before.statement() + "; " + statement);
  }

  private static List<EnvironmentCommand.Swap> swaps(Change change, String tag) {
    if (change instanceof Change.OfEnvironment(EnvironmentCommand.SwapClusters swap)) {
      return swap.swaps();
    }
    throw notAlone(tag);
  }

  private static RuntimeException notAlone(String tag) {
    return SqlErrors.error(
            SqlErrors.INVALID_TRANSACTION_STATE,
            "this transaction can only execute a single statement")
        .withDetail(tag + " must be alone in its transaction.")
        .withHint(
            "Run it by itself; only ALTER CLUSTER ... SWAP WITH may be repeated in one"
                + " transaction.");
  }
}
