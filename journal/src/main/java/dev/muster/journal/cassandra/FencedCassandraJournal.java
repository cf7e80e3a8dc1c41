package dev.muster.journal.cassandra;

import com.typesafe.config.Config;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.cassandra.journal.CassandraJournal;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * The plugin's journal behind a {@link WriteFence}: what a node writes that was suspended, and
 * whose entities live elsewhere by now, never reaches Cassandra, and is never acknowledged.
 *
 * <p>The time by which Cassandra orders the writers of one number is given right after the last
 * question before it ({@link GroupingSession}): a write that hangs after it has the earlier time,
 * and recovery discards it.
 */
public final class FencedCassandraJournal extends CassandraJournal {
  private final WriteFence fence;
  private final ExecutionContext executor;

  /** As Pekko makes its journals. */
  public FencedCassandraJournal(Config config, String configPath) {
    super(config, configPath);
    this.fence = WriteFence.of(context().system());
    this.executor = context().dispatcher();
  }

  @Override
  public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
    if (!fence.mayBegin()) {
      return Futures.failed(new NotOursException(false));
    }
    return super.asyncWriteMessages(messages)
        .flatMap(
            written ->
                fence.mayCount()
                    ? Futures.successful(written)
                    : Futures.failed(new NotOursException(true)),
            executor);
  }
}
