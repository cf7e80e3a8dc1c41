package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.view;

import dev.muster.api.catalog.relation.advice.Advice;
import java.util.List;

/** Ours alone: what the operational guidelines say of the clusters that there are. */
final class AdviceRelations {
  private AdviceRelations() {}

  static List<Relation> all() {
    return List.of(view("mz_internal.mz_advice", Advice.COLUMNS, Advice.query()));
  }
}
