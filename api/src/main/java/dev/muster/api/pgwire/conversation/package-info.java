/**
 * Messages to a session and back: the simple and the extended query protocol over one {@link
 * dev.muster.api.session.SqlSession}.
 *
 * <p>{@link dev.muster.api.pgwire.conversation.Conversation} takes the messages in turn, reports
 * what fails and says when it is ready; {@code SimpleQuery} and {@code ExtendedQuery} do what they
 * ask. It may touch frames, values and the session's contract; never a socket, nor SQL itself.
 * Everything here belongs to the connection's own thread, except {@link
 * dev.muster.api.pgwire.conversation.Interruption} and the notices, which any thread may bring.
 */
package dev.muster.api.pgwire.conversation;
