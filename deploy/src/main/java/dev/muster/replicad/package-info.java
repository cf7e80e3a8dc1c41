/**
 * {@code replicad}, the workload that comes with Muster: loads data into an in-memory DuckDB by a
 * hydration script, tells how far it is, and answers queries from memory over loopback HTTP.
 *
 * <p>It is a program of its own that knows Muster only by the workload contract (environment
 * variables in, HTTP and exit codes out), so it imports no other package of Muster's, and no
 * library but the DuckDB driver: a replica starts in well under a second.
 *
 * <pre>
 *   STARTING --port bound--> HYDRATING --last statement done--> SERVING --SIGTERM--> (exit 143)
 *                                |
 *                                '--a statement fails--> (exit 10, or 12 when out of memory)
 * </pre>
 */
package dev.muster.replicad;
