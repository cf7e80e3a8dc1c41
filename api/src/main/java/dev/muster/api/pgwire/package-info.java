/**
 * The PostgreSQL wire protocol's server: listens, gives each client a virtual thread, and joins
 * what the sub-packages keep apart.
 *
 * <pre>
 *   frame         bytes      to  messages
 *   startup       first packets, parameters, authentication
 *   conversation  messages   to  a SqlSession, and its results back
 *   value         values     to  bytes, text and binary
 * </pre>
 *
 * <p>Only this package touches sockets and threads. It knows nothing of SQL: that is behind {@link
 * dev.muster.api.session.SqlSessions}. Why virtual threads and no network library: {@code
 * api/adr/0001-virtual-threads-for-the-wire.md}.
 */
package dev.muster.api.pgwire;
