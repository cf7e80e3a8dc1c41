/**
 * The grammar of the statements that we carry out ourselves, and the lexer and parser that ANTLR
 * makes of it at build time ({@code src/main/antlr4}). Only {@code dev.muster.api.sql.parse} may
 * touch it.
 */
package dev.muster.api.sql.grammar;
