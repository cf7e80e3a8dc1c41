package dev.muster.api.catalog.rewrite;

/**
 * The names of schemas within the engine. Its own {@code pg_catalog} and {@code information_schema}
 * cannot be shadowed, so ours stand under other names.
 */
public final class EngineNames {
  private EngineNames() {}

  public static String schema(String name) {
    return switch (name) {
      case "pg_catalog" -> "catalog_pg";
      case "information_schema" -> "catalog_information";
      default -> name;
    };
  }
}
