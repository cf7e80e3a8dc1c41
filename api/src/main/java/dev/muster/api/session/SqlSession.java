package dev.muster.api.session;

import dev.muster.api.error.SqlMessage;
import dev.muster.api.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A conversation. Used by one thread at a time, except {@link #cancel}. Every method that takes a
 * statement throws {@link dev.muster.api.error.SqlException} where the user made a mistake or the
 * system cannot serve; after that the conversation goes on.
 */
public interface SqlSession extends AutoCloseable {
  /**
   * Session variables that the client is told of at the start: {@code server_version}, {@code
   * mz_version}, ...
   */
  Map<String, String> reportedParameters();

  /**
   * Those of the reported variables that have changed since this was last asked; the client is told
   * of them.
   */
  Map<String, String> takeChangedParameters();

  /**
   * Takes a text apart into its statements, parsing all before any is carried out. An empty text
   * has none.
   *
   * @return the parse trees, opaque to the caller
   */
  List<Statement> parse(String text);

  /**
   * Resolves a statement: what parameters it takes, what columns it gives.
   *
   * @param parameterTypes those that the client declared, by position; empty, or fewer than there
   *     are, where it left the choice to us
   */
  Prepared prepare(Statement statement, List<Optional<SqlType>> parameterTypes);

  /**
   * Carries a statement out.
   *
   * @param parameters Java values as {@link SqlType#javaType} says, null for NULL
   * @param notices takes messages while the statement runs
   */
  Result execute(Prepared prepared, List<Object> parameters, Consumer<SqlMessage> notices);

  /**
   * The client's message has ended (the end of a simple query, or Sync): what was done outside a
   * transaction block stands, or was undone.
   */
  void endOfMessage(boolean failed);

  TransactionStatus transactionStatus();

  /**
   * Stops the statement that runs, if one does; it then fails with SQLSTATE 57014. Called from any
   * thread.
   */
  void cancel();

  @Override
  void close();

  /** A parse tree. */
  interface Statement {
    /** The statement's own text. */
    String text();
  }

  /**
   * A resolved statement.
   *
   * <p>May be carried out many times. The pipeline subclasses it; the caller hands it back.
   */
  interface Prepared {
    List<SqlType> parameterTypes();

    /** The result's columns; empty for a statement that returns no rows. */
    Optional<List<Column>> columns();
  }

  /** What a statement gave. */
  sealed interface Result {
    /**
     * Rows, read once from first to last.
     *
     * @param rows values by position, as {@link SqlType#javaType} says, null for NULL; where it is
     *     {@link AutoCloseable} it is closed when it is no longer wanted, read to its end or not
     * @param tag the command tag's word: {@code SELECT}, {@code SHOW}; the row count is added to
     *     {@code SELECT} alone
     */
    record Rows(List<Column> columns, java.util.Iterator<List<Object>> rows, String tag)
        implements Result {}

    /** No rows, a command tag as in {@code CREATE CLUSTER}. */
    record Command(String tag) implements Result {}
  }

  /** As ReadyForQuery tells it. */
  enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    FAILED('E');

    private final char code;

    TransactionStatus(char code) {
      this.code = code;
    }

    public char code() {
      return code;
    }
  }
}
