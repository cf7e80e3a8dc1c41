package dev.muster.api.catalog.relation.advice;

import java.util.List;
import java.util.stream.Collectors;

/** All checks as one query. */
public final class Advice {
  /** By name and type, as relations declare them. */
  public static final String COLUMNS =
      "severity text, advice text, cluster_id text, cluster_name text, reason text, statement text";

  /** For a query over the relation: what matters most first. */
  public static final String MOST_SEVERE_FIRST =
      "CASE severity WHEN 'critical' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, cluster_name, advice";

  /** An earlier one may silence a later one. */
  private static final List<Check> CHECKS =
      List.of(
          new IdleCheck(),
          new SingleReplicaCheck(),
          new OneZoneCheck(),
          new SizeFitCheck(),
          new MixedUseCheck(),
          new TierCheck());

  /**
   * Clusters of users. One that is being reconfigured is left alone: what it is now is about to
   * change.
   */
  private static final String SUBJECT =
      """
      SELECT c.*, NAMED AS quoted, PRODUCTIVE AS production, DEVELOPING AS development,
        CASE WHEN regexp_matches(c."comment", 'DECLARATION', 'i') THEN
          string_split(regexp_replace(
            regexp_extract(lower(c."comment"), 'DECLARATION', 1), '\\s', '', 'g'), '+')
          ELSE NULL END AS tiers
      FROM base.cluster c
      WHERE starts_with(c.id, 'u')
        AND coalesce(c.reconfiguration_status, '') <> 'in-progress'\
      """
          .replace("NAMED", Texts.identifier("c.name"))
          .replace("PRODUCTIVE", Words.PRODUCTION.in("c.name"))
          .replace("DEVELOPING", Words.DEVELOPMENT.in("c.name"))
          .replace("DECLARATION", TierCheck.DECLARATION);

  /** Without those that Muster adds for a while, as for a burst, and those it has for itself. */
  private static final String MEMBER =
      """
      SELECT r.* FROM base.replica r JOIN subject c ON c.id = r.cluster_id
      WHERE NOT r.internal AND (NOT c.managed OR regexp_full_match(r.name, 'r[0-9]+'))\
      """;

  private Advice() {}

  /** The query of the relation, in the engine's dialect. */
  public static String query() {
    String all =
        CHECKS.stream()
            .map(check -> ",\n" + check.name() + " AS MATERIALIZED (" + check.query() + ")")
            .collect(Collectors.joining());
    String union =
        CHECKS.stream()
            .map(
                check ->
                    "SELECT cluster_id, severity, advice, reason, statement FROM " + check.name())
            .collect(Collectors.joining("\nUNION ALL "));
    return "WITH subject AS MATERIALIZED (%s),\nmember AS MATERIALIZED (%s)%s\n"
            .formatted(SUBJECT, MEMBER, all)
        + "SELECT a.severity, a.advice, c.id, c.name, a.reason, a.statement FROM (\n"
        + union
        + ") a JOIN subject c ON c.id = a.cluster_id";
  }
}
