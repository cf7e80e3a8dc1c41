package dev.muster.journal.sqlite;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The snapshot plugin. What it writes takes its turn among the journal's commits. */
final class SqliteSnapshotStore extends SnapshotStore {
  private final EmbeddedDatabase database = EmbeddedDatabase.of(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        database.readAsync(
            connection -> connection.snapshot(persistenceId, criteria).map(this::selected)));
  }

  private SelectedSnapshot selected(SnapshotRow row) {
    return SelectedSnapshot.create(
        new SnapshotMetadata(row.persistenceId(), row.sequenceNumber(), row.createdAt()),
        row.payload().value(database.serialization()));
  }

  /** That of a large environment takes a while to serialize: not on the writer's thread. */
  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return FutureConverters.asScala(
        CompletableFuture.supplyAsync(
                () ->
                    new SnapshotRow(
                        metadata.persistenceId(),
                        metadata.sequenceNr(),
                        metadata.timestamp(),
                        Payload.of(snapshot, database.serialization())),
                database.reading())
            .thenCompose(row -> database.write(writer -> writer.save(row))));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long number = metadata.sequenceNr();
    return doDeleteAsync(
        metadata.persistenceId(),
        SnapshotSelectionCriteria.create(number, Long.MAX_VALUE, number, 0));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        database.write(writer -> writer.deleteSnapshots(persistenceId, criteria)));
  }
}
