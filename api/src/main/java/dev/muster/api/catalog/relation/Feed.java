package dev.muster.api.catalog.relation;

/** Where rows come from; a query brings up to date only those feeds that it reads. */
public enum Feed {
  /** The environment, its clusters and their replicas. */
  STATE,
  /** What was last seen of running replicas. */
  OBSERVATIONS,
  /** The journal. */
  HISTORY
}
