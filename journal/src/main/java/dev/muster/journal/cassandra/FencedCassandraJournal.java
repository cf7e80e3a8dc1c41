package dev.muster.journal.cassandra;

import com.typesafe.config.Config;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.cassandra.journal.CassandraJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * The plugin's journal behind a {@link WriteFence}: what a node writes that was suspended, and
 * whose entities live elsewhere by now, never reaches Cassandra, and is never acknowledged.
 *
 * <p>The time by which Cassandra orders the writers of one number is given right after the last
 * question before it ({@link GroupingSession}): a write that hangs after it has the earlier time,
 * and recovery discards it.
 *
 * <p>An entity that recovers has its events from one question ({@link PastReader}), as long as they
 * fit an answer; the plugin's own way has five. With thousands of entities that a lost node leaves
 * to others this is what they wait for.
 */
public final class FencedCassandraJournal extends CassandraJournal {
  private final WriteFence fence;
  private final ExecutionContext executor;
  private final PastReader reader;
  private final Serialization serialization;

  /** Who writes: the entity's next recovery must see it. */
  private final Map<String, Future<?>> underWay = new ConcurrentHashMap<>();

  /** Pekko asks for the last number first, and then for the events: they are kept until then. */
  private final Map<String, Past> pasts = new ConcurrentHashMap<>();

  /** As Pekko makes its journals. */
  public FencedCassandraJournal(Config config, String configPath) {
    super(config, configPath);
    ActorSystem system = context().system();
    this.fence = WriteFence.of(system);
    this.executor = context().dispatcher();
    this.reader = PastReader.of(system, configPath);
    this.serialization = SerializationExtension.get(system);
  }

  @Override
  public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
    if (!fence.mayBegin()) {
      return Futures.failed(new NotOursException(false));
    }
    return noted(messages.head().persistenceId(), super.asyncWriteMessages(messages))
        .flatMap(
            written ->
                fence.mayCount()
                    ? Futures.successful(written)
                    : Futures.failed(new NotOursException(true)),
            executor);
  }

  private <T> Future<T> noted(String persistenceId, Future<T> write) {
    underWay.put(persistenceId, write);
    write.onComplete(ended -> underWay.remove(persistenceId, write), executor);
    return write;
  }

  @Override
  public Future<Object> asyncReadHighestSequenceNr(String persistenceId, long from) {
    Future<?> write = underWay.get(persistenceId);
    CompletionStage<?> written =
        write == null
            ? CompletableFuture.completedStage(null)
            : FutureConverters.asJava(write).handle((done, failed) -> done);
    return FutureConverters.asScala(
        written.thenCompose(ignored -> highest(persistenceId, from)).thenApply(Long.class::cast));
  }

  private CompletionStage<Long> highest(String persistenceId, long from) {
    return reader
        .read(persistenceId, from)
        .thenCompose(
            past -> {
              if (past.isWhole()) {
                pasts.put(persistenceId, past);
              }
              return past.highest()
                  .map(CompletableFuture::completedStage)
                  .orElseGet(() -> reader.highest(persistenceId, from));
            });
  }

  @Override
  public Future<BoxedUnit> asyncReplayMessages(
      String persistenceId,
      long from,
      long to,
      long max,
      Function1<PersistentRepr, BoxedUnit> each) {
    Past past = pasts.remove(persistenceId);
    if (past == null || past.from() + 1 != from) {
      return super.asyncReplayMessages(persistenceId, from, to, max, each);
    }
    return Future.apply(
        () -> {
          past.rows().stream()
              .filter(row -> row.number() <= to)
              .limit(max)
              .forEach(row -> each.apply(event(persistenceId, row)));
          return BoxedUnit.UNIT;
        },
        executor);
  }

  private PersistentRepr event(String persistenceId, Past.Stored row) {
    return PersistentRepr.apply(
        serialization.deserialize(row.bytes(), row.serializer(), row.serializerManifest()).get(),
        row.number(),
        persistenceId,
        row.manifest(),
        false,
        ActorRef.noSender(),
        row.writer());
  }
}
