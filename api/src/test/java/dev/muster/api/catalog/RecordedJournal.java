package dev.muster.api.catalog;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal in memory that counts how often it is read. */
public final class RecordedJournal implements JournalReader {
  private final List<Recorded<EnvironmentEvent>> environment = new CopyOnWriteArrayList<>();
  private final Map<ClusterId, List<Recorded<ClusterEvent>>> clusters = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  void environment(Recorded<EnvironmentEvent> event) {
    environment.add(event);
  }

  void cluster(ClusterId id, Recorded<ClusterEvent> event) {
    clusters.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(event);
  }

  /** Reads of clusters since this was last asked. */
  public int takeReads() {
    return reads.getAndSet(0);
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
      ClusterId id, long fromSequenceNumber, long toSequenceNumber) {
    reads.incrementAndGet();
    return CompletableFuture.completedFuture(
        sequenced(clusters.getOrDefault(id, List.of()), fromSequenceNumber, toSequenceNumber));
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(
      long fromSequenceNumber, long toSequenceNumber) {
    return CompletableFuture.completedFuture(
        sequenced(environment, fromSequenceNumber, toSequenceNumber));
  }

  private static <E> List<Sequenced<E>> sequenced(List<Recorded<E>> all, long from, long to) {
    List<Sequenced<E>> found = new ArrayList<>();
    for (long number = from; number <= Math.min(to, all.size()); number++) {
      found.add(new Sequenced<>(number, all.get((int) number - 1)));
    }
    return found;
  }
}
