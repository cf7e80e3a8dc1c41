/**
 * {@code muster replay}: the command line of {@code dev.muster.api.replay}, over a journal's file.
 *
 * <p>Reads the file and prints; never writes to it, and never speaks with a running Muster.
 */
package dev.muster.deploy.replay;
