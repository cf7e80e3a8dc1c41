package dev.muster.actors.gather;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What is new of the rows that your entities have published?
 *
 * @param asker the node that asks, with its incarnation: told apart from what was there before
 * @param known the number of the part that the asker has applied last; 0 where it has none of this
 *     incarnation of the asked, and wants everything
 * @param round comes back with the answer
 */
public record CatalogQuestion(String asker, long known, long round, ActorRef<CatalogPart> replyTo)
    implements GatherMessage {}
