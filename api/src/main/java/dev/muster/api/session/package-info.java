/**
 * One client's conversation as the wire server sees it: statements in, results and messages out.
 *
 * <p>The wire server frames bytes and knows nothing of SQL; the SQL pipeline knows nothing of
 * bytes; this is what lies between them. Calls block, by design: each conversation has a virtual
 * thread of its own.
 */
package dev.muster.api.session;
