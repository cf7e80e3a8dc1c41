package dev.muster.api.catalog.relation.advice;

/** Words of a name that tell what it is for: {@code prod_eu}, {@code dev-1}, {@code QA}. */
enum Words {
  PRODUCTION("prod|production|prd|live"),
  /** Whatever is not production, the cluster that is there for a first try included. */
  DEVELOPMENT(
      "dev|devel|development|test|testing|tests|stage|staging|qa|sandbox|playground|demo|scratch"
          + "|quickstart");

  private final String pattern;

  Words(String alternatives) {
    this.pattern = "(^|[^A-Za-z])(" + alternatives + ")($|[^A-Za-z])";
  }

  /** Whether one of them is in the name. */
  String in(String expression) {
    return "regexp_matches(" + expression + ", '" + pattern + "', 'i')";
  }

  /** The name without them, and without what joined them to the rest. */
  String without(String expression) {
    return "trim(regexp_replace(" + expression + ", '" + pattern + "', '\\1', 'gi'), ' _-.')";
  }
}
