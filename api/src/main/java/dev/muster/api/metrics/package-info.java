/**
 * What is measured for Prometheus, and how it is called: every metric of Muster has its name here
 * and nowhere else ({@code muster_..}, seconds, bytes and ratios, {@code _total} for what only
 * grows).
 *
 * <pre>
 *   sessions, entities ---> StatementMetrics, EntityMetrics   counted as it happens
 *   catalog store --------> CatalogMetrics                    looked at when it is asked for
 *   GET /metrics <--------- Metrics                           all of it, as text
 * </pre>
 *
 * <p>What happens on the way of a statement costs some additions: the children of a metric are
 * looked up once, labels never. What can be read off the state is not counted at all; it is looked
 * at when somebody scrapes.
 *
 * <p>The only package that knows the client library; there is no registry but the one that each
 * {@link dev.muster.api.metrics.Metrics} has. It may look at states, never ask an entity or the
 * engine.
 */
package dev.muster.api.metrics;
