/**
 * The operational guidelines of the manual as checks over the real state: {@code mz_advice}.
 *
 * <p>One class per check, each nothing but a query over base tables, so that an advice is as old as
 * the state that it is about, costs nothing while nobody asks, and can be asked for AS OF the past.
 * A check says what is so, in figures, and gives the statement that mends it; it never executes
 * one. This package knows the engine's dialect and the base tables; it never opens a connection.
 */
package dev.muster.api.catalog.relation.advice;
