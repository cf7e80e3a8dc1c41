package dev.muster.api.error;

/** The errors that have no rejection behind them and are raised in more than one place. */
public final class SqlErrors {
  /** Every SQLSTATE that we raise, by PostgreSQL's name of it. */
  public static final String FEATURE_NOT_SUPPORTED = "0A000";

  public static final String INVALID_PARAMETER_VALUE = "22023";
  public static final String INVALID_TRANSACTION_STATE = "25000";
  public static final String ACTIVE_SQL_TRANSACTION = "25001";
  public static final String READ_ONLY_SQL_TRANSACTION = "25006";
  public static final String NO_ACTIVE_SQL_TRANSACTION = "25P01";
  public static final String IN_FAILED_SQL_TRANSACTION = "25P02";
  public static final String INVALID_SQL_STATEMENT_NAME = "26000";
  public static final String INVALID_AUTHORIZATION = "28000";
  public static final String INVALID_SCHEMA_NAME = "3F000";
  public static final String INSUFFICIENT_PRIVILEGE = "42501";
  public static final String SYNTAX_ERROR = "42601";
  public static final String UNDEFINED_OBJECT = "42704";
  public static final String DUPLICATE_OBJECT = "42710";
  public static final String PROGRAM_LIMIT_EXCEEDED = "54000";
  public static final String STATEMENT_TOO_COMPLEX = "54001";
  public static final String OBJECT_NOT_IN_PREREQUISITE_STATE = "55000";
  public static final String CANNOT_CHANGE_RUNTIME_PARAMETER = "55P02";
  public static final String QUERY_CANCELED = "57014";
  public static final String CANNOT_CONNECT_NOW = "57P03";
  public static final String IO_ERROR = "58030";
  public static final String DISK_FULL = "53100";
  public static final String INTERNAL_ERROR = "XX000";
  public static final String DATA_CORRUPTED = "XX001";

  private SqlErrors() {}

  public static SqlException error(String sqlState, String message) {
    return new SqlException(SqlMessage.error(sqlState, message));
  }

  public static SqlException unsupported(String what) {
    return error(FEATURE_NOT_SUPPORTED, what + " is not supported yet");
  }

  public static SqlException invalid(String message) {
    return error(INVALID_PARAMETER_VALUE, message);
  }

  public static SqlException mustBeOwner(String cluster) {
    return error(INSUFFICIENT_PRIVILEGE, "must be owner of CLUSTER " + cluster);
  }

  /** A name as messages show it. */
  public static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
