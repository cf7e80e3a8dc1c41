/**
 * A judge of concurrent histories: is there one order of everything that was asked, each question
 * somewhere between its beginning and its answer, that explains every answer? (Linearizability; the
 * search of Wing and Gong, with Lowe's remembering of what led nowhere.)
 *
 * <p>A history is judged part by part: by cluster, by group of names. What is linearizable in each
 * part is so as a whole, so the parts may be small, and the search is.
 *
 * <p>Pure: no clock, no connection, nothing of Muster.
 */
package dev.muster.deploy.history;
