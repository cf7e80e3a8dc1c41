/**
 * Values as bytes and back: PostgreSQL's text and binary formats of every {@link
 * dev.muster.api.type.SqlType}.
 *
 * <p>The text forms are PostgreSQL's own to the letter, with its settings {@code DateStyle = ISO},
 * {@code IntervalStyle = postgres}, {@code bytea_output = hex} and {@code extra_float_digits = 1};
 * the tests compare with what PostgreSQL 15 printed. Pure: no streams, no session, no clock.
 */
package dev.muster.api.pgwire.value;
