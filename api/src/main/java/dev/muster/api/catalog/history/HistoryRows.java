package dev.muster.api.catalog.history;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that the journal gave and that the engine does not have yet.
 *
 * @param replicas by replica id, to replace what is there
 * @param statuses to be added
 * @param hydrations to be added
 * @param names of replicas, to be added
 * @param scalings decisions of clusters about their own scaling, to be added
 * @param clusterNames by cluster id, to replace what is there
 * @param audit to be added
 * @param renamings to be made in the audit rows, once those are added
 */
public record HistoryRows(
    Map<String, List<Object>> replicas,
    List<List<Object>> statuses,
    List<List<Object>> hydrations,
    List<List<Object>> names,
    List<List<Object>> scalings,
    Map<String, List<Object>> clusterNames,
    List<List<Object>> audit,
    List<Renaming> renamings) {

  /**
   * Audit rows of a cluster, read before its new name was: they name it anew.
   *
   * @param after the time of the renaming
   */
  public record Renaming(ClusterId id, HybridTime after, String name) {}

  public HistoryRows() {
    this(
        new LinkedHashMap<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** How many rows have gathered. */
  public int count() {
    return replicas.size()
        + statuses.size()
        + hydrations.size()
        + names.size()
        + scalings.size()
        + clusterNames.size()
        + audit.size();
  }

  public boolean isEmpty() {
    return replicas.isEmpty()
        && statuses.isEmpty()
        && hydrations.isEmpty()
        && names.isEmpty()
        && scalings.isEmpty()
        && clusterNames.isEmpty()
        && audit.isEmpty()
        && renamings.isEmpty();
  }
}
