/**
 * From text to tree: takes a message apart into statements at their semicolons, parses each of
 * those that we carry out ourselves, and leaves queries as they are for the catalog's engine.
 *
 * <p>Every mistake is one {@link dev.muster.api.error.SqlException} with SQLSTATE 42601 and a
 * position in characters; no text, however hostile, gives any other exception. Pure: no Pekko, no
 * I/O, no clock.
 */
package dev.muster.api.sql.parse;
