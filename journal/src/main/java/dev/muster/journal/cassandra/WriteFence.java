package dev.muster.journal.cassandra;

import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/**
 * Asked before every write to the journal in Cassandra, and after it: whether this node is still
 * the one that may. Until somebody guards it, all may pass. Safe for use by many threads.
 */
public final class WriteFence implements Extension {
  private static final Id ID = new Id();

  private volatile BooleanSupplier before = () -> true;
  private volatile BooleanSupplier after = () -> true;

  private static final class Id extends AbstractExtensionId<WriteFence> {
    @Override
    public WriteFence createExtension(ExtendedActorSystem system) {
      return new WriteFence();
    }
  }

  private WriteFence() {}

  /** That of a node. */
  public static WriteFence of(ActorSystem system) {
    return ID.get(system);
  }

  /**
   * From now on it is asked.
   *
   * @param mayBegin whether a write may begin
   * @param mayCount whether one that has ended was this node's to make
   */
  public void guardBy(BooleanSupplier mayBegin, BooleanSupplier mayCount) {
    before = mayBegin;
    after = mayCount;
  }

  boolean mayBegin() {
    return before.getAsBoolean();
  }

  boolean mayCount() {
    return after.getAsBoolean();
  }
}
