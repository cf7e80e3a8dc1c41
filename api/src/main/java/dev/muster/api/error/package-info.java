/**
 * The catalogue of errors: every rejection and every mistake in a statement has one type, one
 * SQLSTATE and one text, and this package is where they meet. Pure.
 */
package dev.muster.api.error;
