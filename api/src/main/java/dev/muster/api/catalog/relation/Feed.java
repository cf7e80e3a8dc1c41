package dev.muster.api.catalog.relation;

/** Where rows come from; a query brings up to date only those feeds that it reads. */
public enum Feed {
  /** The environment alone: roles, zones. */
  ENVIRONMENT,
  /** Clusters, by the names that the environment gives them, and their replicas. */
  STATE,
  /** What was last seen of running replicas. */
  OBSERVATIONS,
  /** The journal. */
  HISTORY
}
