/**
 * The journal of several nodes: the same events and serializers as the embedded one's, through
 * pekko-persistence-cassandra. No tags: who wants the past reads it entity by entity. Reasons and
 * settings: {@code journal/adr/0004}.
 *
 * <p>It may touch configuration and the driver's exceptions; never an entity.
 */
package dev.muster.journal.cassandra;
