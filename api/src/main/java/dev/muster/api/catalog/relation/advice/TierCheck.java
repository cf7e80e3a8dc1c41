package dev.muster.api.catalog.relation.advice;

/**
 * The three-tier architecture: sources, computation and serving on clusters of their own, and sinks
 * not with sources. Muster does not know what runs on a cluster, so that a comment says it: {@code
 * COMMENT ON CLUSTER c IS 'tier: compute+serving'}, anywhere in its text. Why there: see the ADR.
 * Nothing is said as long as no cluster declares anything.
 */
record TierCheck() implements Check {
  /** What a comment is searched for, whatever the case; its first group are the tiers. */
  static final String DECLARATION = "\\btier:\\s*([a-z]+(?:\\s*\\+\\s*[a-z]+)*)";

  private static final String KNOWN = "['sources', 'sinks', 'compute', 'serving']";

  /** By its name what it most likely is. */
  private static final String GUESS =
      "CASE WHEN regexp_matches(c.name, 'sourc|ingest', 'i') THEN 'sources'"
          + " WHEN regexp_matches(c.name, 'sink', 'i') THEN 'sinks'"
          + " WHEN regexp_matches(c.name, 'serv|query|dashboard', 'i') THEN 'serving'"
          + " ELSE 'compute' END";

  @Override
  public String name() {
    return "tier";
  }

  @Override
  public String query() {
    return String.join("\nUNION ALL\n", undeclared(), unknown(), sources(), serving());
  }

  private static String undeclared() {
    return """
    SELECT c.id AS cluster_id, 'info' AS severity, 'tier-undeclared' AS advice,
      'other clusters declare their tier, and this one does not' AS reason,
      'COMMENT ON CLUSTER ' || c.quoted || ' IS ' || TEXT AS statement
    FROM subject c
    WHERE c.tiers IS NULL AND (c.production OR NOT c.development)
      AND EXISTS (SELECT 1 FROM subject other WHERE other.tiers IS NOT NULL)\
    """
        .replace("TEXT", Texts.literal("(coalesce(c.\"comment\" || '; ', '') || GUESSED)"))
        .replace("GUESSED", "'tier: ' || " + GUESS);
  }

  private static String unknown() {
    return """
    SELECT c.id, 'warning', 'tier-unknown',
      'it declares the tier ' || array_to_string(list_filter(c.tiers,
        lambda tier: NOT list_contains(KNOWN, tier)), ', ')
        || ', which is none of sources, sinks, compute and serving',
      'COMMENT ON CLUSTER ' || c.quoted || ' IS ' || TEXT
    FROM subject c WHERE NOT list_has_all(KNOWN, c.tiers)\
    """
        .replace("TEXT", Texts.literal(declaring("'tier: ' || " + GUESS)))
        .replace("KNOWN", KNOWN);
  }

  private static String sources() {
    return moved(
        "sources-not-separate",
        "CASE WHEN c.production THEN 'warning' ELSE 'info' END",
        "'its sources are with ' || array_to_string(list_filter(c.tiers,"
            + " lambda tier: tier <> 'sources'), ' and ') || ': in production, sources have a"
            + " cluster of their own, and blue/green deployment needs sinks elsewhere'",
        "sources",
        "list_contains(c.tiers, 'sources') AND len(c.tiers) > 1");
  }

  private static String serving() {
    return moved(
        "two-tier",
        "'info'",
        "'it computes and serves: queries and computation then wait for each other, which the"
            + " three-tier architecture avoids'",
        "serving",
        "list_has_all(c.tiers, ['compute', 'serving']) AND NOT list_contains(c.tiers, 'sources')");
  }

  /** One tier gets a cluster of its own, as large as this one. */
  private static String moved(
      String advice, String severity, String reason, String tier, String condition) {
    String rest =
        "'tier: ' || array_to_string(list_filter(c.tiers, lambda tier: tier <> 'MOVED'), '+')";
    return """
    SELECT c.id, SEVERITY, 'ADVICE', REASON,
      'CREATE CLUSTER IF NOT EXISTS ' || NAME || ' (SIZE = ' || LIKE_THIS || '); COMMENT ON CLUSTER '
        || NAME || ' IS ''tier: MOVED''; COMMENT ON CLUSTER ' || c.quoted || ' IS ' || TEXT
    FROM subject c
    WHERE CONDITION AND (c.production OR NOT c.development) AND list_has_all(KNOWN, c.tiers)\
    """
        .replace("SEVERITY", severity)
        .replace("ADVICE", advice)
        .replace("REASON", reason)
        .replace("NAME", Texts.identifier("(c.name || '_MOVED')"))
        .replace("LIKE_THIS", Texts.literal("SIZE_OF_THIS"))
        .replace(
            "SIZE_OF_THIS",
            "coalesce(c.size, (SELECT min(r.size) FROM member r WHERE r.cluster_id = c.id),"
                + " (SELECT min_by(size, credits_per_hour) FROM base.size))")
        .replace("TEXT", Texts.literal(declaring(rest)))
        .replace("CONDITION", condition)
        .replace("KNOWN", KNOWN)
        .replace("MOVED", tier);
  }

  /** The comment with another declaration in the place of its own. */
  private static String declaring(String declaration) {
    return "regexp_replace(c.\"comment\", '" + DECLARATION + "', " + declaration + ", 'i')";
  }
}
