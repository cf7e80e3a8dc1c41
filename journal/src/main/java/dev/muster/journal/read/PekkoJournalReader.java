package dev.muster.journal.read;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;

/** Reads through any read journal of Pekko that knows {@code currentEventsByPersistenceId}. */
public final class PekkoJournalReader implements JournalReader {
  private final ActorSystem<?> system;
  private final CurrentEventsByPersistenceIdQuery journal;

  /**
   * @param readJournalPluginId the plugin's place in the configuration, such as {@code
   *     pekko.persistence.cassandra.query}
   */
  public PekkoJournalReader(ActorSystem<?> system, String readJournalPluginId) {
    this.system = system;
    this.journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, readJournalPluginId);
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
      ClusterId id, long fromSequenceNumber, long toSequenceNumber) {
    return read(
        PersistenceIds.cluster(id), fromSequenceNumber, toSequenceNumber, ClusterEvent.class);
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(
      long fromSequenceNumber, long toSequenceNumber) {
    return read(
        PersistenceIds.environment(), fromSequenceNumber, toSequenceNumber, EnvironmentEvent.class);
  }

  private <E> CompletionStage<List<Sequenced<E>>> read(
      String persistenceId, long from, long to, Class<E> family) {
    return journal
        .currentEventsByPersistenceId(persistenceId, from, to)
        .map(envelope -> sequenced(envelope, family))
        .mapError(
            Throwable.class,
            failure ->
                new IllegalStateException(
                    "cannot read the journal of persistenceId [%s]: %s"
                        .formatted(persistenceId, failure.getMessage()),
                    failure))
        .runWith(Sink.seq(), system)
        .thenApply(NewestWriter::of);
  }

  private static <E> Sequenced<E> sequenced(EventEnvelope envelope, Class<E> family) {
    Recorded<?> recorded = (Recorded<?>) envelope.event();
    return new Sequenced<>(
        envelope.sequenceNr(),
        new Recorded<>(recorded.at(), recorded.by(), family.cast(recorded.event())));
  }
}
