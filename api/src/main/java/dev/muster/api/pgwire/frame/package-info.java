/**
 * Bytes to messages and back: the framing of PostgreSQL's protocol 3.0 and nothing else.
 *
 * <p>{@link dev.muster.api.pgwire.frame.FrameReader} cuts the client's bytes into frames, {@link
 * dev.muster.api.pgwire.frame.FrontendMessage} gives each its meaning, {@link
 * dev.muster.api.pgwire.frame.BackendMessages} writes ours into an {@link
 * dev.muster.api.pgwire.frame.OutputBuffer}. It may touch streams and the types of {@code
 * api.error}, {@code api.session} and {@code api.type}; never a session, a socket or a thread.
 * Whatever bytes come in, it answers with a message, a {@link
 * dev.muster.api.pgwire.frame.ProtocolViolationException} or an {@link
 * dev.muster.api.error.SqlException}, and holds no more memory than the bytes that did arrive.
 */
package dev.muster.api.pgwire.frame;
