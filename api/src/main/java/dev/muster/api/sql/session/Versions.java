package dev.muster.api.sql.session;

/** What we say that we are. Clients decide by these what they may ask. */
public final class Versions {
  /**
   * PostgreSQL's version that the reference system claims: clients choose their catalog queries by
   * it.
   */
  public static final String SERVER_VERSION = "9.5.0";

  public static final String SERVER_VERSION_NUMBER = "90500";

  /** The reference system's version whose cluster management this is; clients want it first. */
  public static final String MZ_VERSION = "v0.147.0 (muster)";

  private Versions() {}
}
