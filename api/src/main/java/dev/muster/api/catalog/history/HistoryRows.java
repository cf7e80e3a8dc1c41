package dev.muster.api.catalog.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that the journal gave and that the engine does not have yet.
 *
 * @param replicas by replica id, to replace what is there
 * @param statuses to be added
 * @param names of replicas, to be added
 * @param clusterNames by cluster id, to replace what is there
 */
public record HistoryRows(
    Map<String, List<Object>> replicas,
    List<List<Object>> statuses,
    List<List<Object>> names,
    Map<String, List<Object>> clusterNames) {

  public HistoryRows() {
    this(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
  }

  public boolean isEmpty() {
    return replicas.isEmpty() && statuses.isEmpty() && names.isEmpty() && clusterNames.isEmpty();
  }
}
