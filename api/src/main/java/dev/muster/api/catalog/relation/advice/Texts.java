package dev.muster.api.catalog.relation.advice;

/** Expressions of the engine that make SQL. */
final class Texts {
  /** A name for one more replica of the cluster c. */
  static final String FREE_REPLICA_NAME =
      "(SELECT 'r' || min(n) FROM (SELECT unnest(range(1, 1000)) AS n)"
          + " WHERE 'r' || n NOT IN (SELECT f.name FROM base.replica f WHERE f.cluster_id = c.id))";

  private Texts() {}

  /** A name in double quotes, whatever it is. */
  static String identifier(String expression) {
    return "('\"' || replace(" + expression + ", '\"', '\"\"') || '\"')";
  }

  /** A text in single quotes. */
  static String literal(String expression) {
    return "('''' || replace(" + expression + ", '''', '''''') || '''')";
  }

  /** A share of one as whole percent. */
  static String percent(String expression) {
    return "(round(" + expression + " * 100)::BIGINT::VARCHAR || ' %')";
  }
}
