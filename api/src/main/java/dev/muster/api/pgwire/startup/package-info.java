/**
 * The conversation before the conversation: what a connection is for (a session, a cancel request,
 * a wish for encryption), its parameters, and who the client is.
 *
 * <p>Pure but for {@link dev.muster.api.pgwire.startup.Authentication}, which exchanges messages.
 * It never sees a socket, nor a session.
 */
package dev.muster.api.pgwire.startup;
