package dev.muster.api.catalog.engine;

import java.util.List;

/** Functions of PostgreSQL and of the reference system that the engine lacks, in its own SQL. */
final class Macros {
  private Macros() {}

  static List<String> all() {
    return List.of(
        "CREATE MACRO fn.json_typeof(j) AS CASE json_type(j) WHEN 'VARCHAR' THEN 'string' WHEN"
            + " 'BIGINT' THEN 'number' WHEN 'UBIGINT' THEN 'number' WHEN 'DOUBLE' THEN 'number'"
            + " ELSE lower(json_type(j)) END");
  }
}
