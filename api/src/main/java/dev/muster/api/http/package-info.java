/**
 * The HTTP door: what machines ask before they trust us with work, what they measure of us, and
 * later the console. It runs on the JDK's own server with a virtual thread for each request.
 *
 * <p>It may touch sockets and what it is given to ask; never an entity, a session or the catalog.
 */
package dev.muster.api.http;
