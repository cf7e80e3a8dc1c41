/**
 * The SQL pipeline behind {@link dev.muster.api.session.SqlSession}: variables, transaction blocks,
 * and the carrying out of what {@code sql.statement} resolved.
 *
 * <p>Each data definition outside a transaction block commits by itself, also where a message holds
 * several: what was answered stands, whatever becomes of those after it. In a block one of them, or
 * several swaps that become one command, waits for COMMIT.
 *
 * <p>Every read, in a block or not, sees what was acknowledged before it started, on any connection
 * (invariant 9). So two reads of one block may see different things; see {@code
 * api/adr/0012-each-read-of-a-block-sees-the-newest.md}.
 *
 * <p>Blocks the thread that calls, which is meant to be a virtual one, until the reply comes, the
 * statement's time is over, or the client cancels. Touches no behaviour and no socket.
 */
package dev.muster.api.sql.session;
