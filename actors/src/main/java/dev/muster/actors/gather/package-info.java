/**
 * The catalog of several nodes. Rows live with their owners: each entity publishes on its own node.
 * Whoever reads asks every node for what is newer than what it was told last, and answers when all
 * have answered and nothing is missing (invariant 9). Who needs only names asks every node for one
 * number instead ({@code NameReader}). Why that is linearizable: {@code actors/adr/0011}.
 *
 * <p>It may touch the catalog stores, cluster membership and messages; never an entity or a
 * journal. On a single node none of it runs.
 */
package dev.muster.actors.gather;
