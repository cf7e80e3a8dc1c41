package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.table;
import static dev.muster.api.catalog.relation.Relation.view;

/** Ours alone: clusters whose size follows their load, and what was decided about them. */
final class ScalingRelations {
  private ScalingRelations() {}

  static Relation loadScaling() {
    return table(
        "mz_internal.mz_cluster_load_scaling",
        "cluster_id text, min_size text, max_size text, size text, decided_at timestamptz,"
            + " from_size text, to_size text, reason text",
        """
        SELECT id, min_size, max_size, size, scaled_at, scaled_from, scaled_to, scaling_cause
        FROM base.cluster WHERE min_size IS NOT NULL\
        """);
  }

  static Relation decisions() {
    return view(
        "mz_internal.mz_cluster_scaling_decisions",
        "cluster_id text, cluster_name text, decided_at timestamptz, strategy text, decision text,"
            + " from_size text, to_size text, reason text, cpu_percent int8, memory_percent int8,"
            + " measured_over interval, replicas int8",
        """
        SELECT d.cluster_id, n.name, d.decided_at, d.strategy, d.decision, d.from_size, d.to_size,
          d.reason, d.cpu_percent, d.memory_percent, to_microseconds(d.measured_micros), d.replicas
        FROM base.scaling_history d
        LEFT JOIN base.cluster_name n ON n.id = d.cluster_id\
        """);
  }
}
