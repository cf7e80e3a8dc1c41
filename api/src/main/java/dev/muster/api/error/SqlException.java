package dev.muster.api.error;

/** A statement failed in a way that its user is told of. Expected, and so without a stack trace. */
public final class SqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SqlMessage sqlMessage;

  public SqlException(SqlMessage sqlMessage) {
    super(sqlMessage.message(), null, false, false);
    this.sqlMessage = sqlMessage;
  }

  public SqlMessage sqlMessage() {
    return sqlMessage;
  }

  /** The same error with an advice. */
  public SqlException withHint(String hint) {
    return new SqlException(sqlMessage.withHint(hint));
  }

  /** The same error with more of the facts. */
  public SqlException withDetail(String detail) {
    return new SqlException(sqlMessage.withDetail(detail));
  }
}
