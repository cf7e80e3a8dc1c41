package dev.muster.actors.entity;

import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import org.apache.pekko.actor.typed.ActorRef;

/** What a statement comes in, to whichever entity. */
interface Envelope {
  Origin by();

  /** The sender's time. */
  HybridTime sentAt();

  /** After this nobody waits for the answer any more; the largest of all where that is never so. */
  long deadlineEpochMillis();

  /** For askers with several open ones. */
  default long token() {
    return 0;
  }

  ActorRef<Answer> replyTo();
}
