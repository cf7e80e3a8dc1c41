/**
 * What each statement does: one class each. A {@link dev.muster.api.sql.statement.DataDefinition}
 * authorizes, resolves names, and says which command to send to whom; sending it is the session's
 * business, at once or at COMMIT. The other kinds look something up or change the session.
 *
 * <p>Touches the message API and the narrow doors to the catalog; never a behaviour, a thread or a
 * socket.
 */
package dev.muster.api.sql.statement;
