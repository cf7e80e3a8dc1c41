package dev.muster.api.pgwire.conversation;

import dev.muster.api.pgwire.frame.Formats;
import dev.muster.api.session.SqlSession.Prepared;
import dev.muster.api.session.SqlSession.Result;
import java.util.List;
import java.util.Optional;

/** A prepared statement with its parameters, and where its result has been read to. */
final class Portal {
  /**
   * What Parse made.
   *
   * @param prepared empty for an empty text
   */
  record Prototype(Optional<Prepared> prepared) {}

  private final Prototype prototype;
  private final List<Object> parameters;
  private final Formats resultFormats;
  private Result result;

  Portal(Prototype prototype, List<Object> parameters, Formats resultFormats) {
    this.prototype = prototype;
    this.parameters = parameters;
    this.resultFormats = resultFormats;
  }

  Prototype prototype() {
    return prototype;
  }

  List<Object> parameters() {
    return parameters;
  }

  Formats resultFormats() {
    return resultFormats;
  }

  /** Empty until it is first carried out. */
  Optional<Result> result() {
    return Optional.ofNullable(result);
  }

  void result(Result newResult) {
    result = newResult;
  }

  void close() {
    if (result instanceof Result.Rows rows) {
      close(rows);
    }
  }

  /** Rows that hold something of the engine's are let go, read to the end or not. */
  static void close(Result.Rows rows) {
    if (rows.rows() instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("could not let a result go", e);
      }
    }
  }
}
