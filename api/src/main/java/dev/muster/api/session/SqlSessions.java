package dev.muster.api.session;

/** Opens conversations. Safe for use by many threads. */
public interface SqlSessions {
  /**
   * Begins a conversation.
   *
   * @throws dev.muster.api.error.SqlException of severity FATAL where the client may not begin it
   */
  SqlSession open(SessionRequest request);
}
