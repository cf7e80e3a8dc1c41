package dev.muster.journal.cassandra;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Group commit: what several entities want to write while an earlier request is under way goes out
 * in one request together. Alone, a write goes at once; a group that is full never waits; so the
 * longest wait is that for one request.
 *
 * <p>Each of those who wait is told what became of the request. Where it was refused for what is in
 * it, each is sent by itself, so that nobody fails for another's sake: a write must therefore be
 * one that may be repeated.
 *
 * <p>Safe for use by many threads; calls nobody while it holds its lock.
 *
 * @param <W> a write
 * @param <R> the answer to a request
 */
final class WriteGroups<W, R> {
  private final Limits limits;
  private final Function<List<W>, CompletionStage<R>> send;
  private final Predicate<Throwable> refused;

  private final Deque<Waiting<W, R>> queue = new ArrayDeque<>();
  private int queuedBytes;
  private int underWay;

  /**
   * What one request may carry.
   *
   * @param writes at most
   * @param bytes at most, save that a single write may be larger
   * @param underWay requests that must be under way for a group that is not full to wait
   */
  record Limits(int writes, int bytes, int underWay) {}

  private record Waiting<W, R>(W write, int bytes, CompletableFuture<R> told) {}

  /**
   * @param send one request, of at least one write, in order
   * @param refused whether a request failed for what is in it, and would fail again
   */
  WriteGroups(
      Limits limits, Function<List<W>, CompletionStage<R>> send, Predicate<Throwable> refused) {
    this.limits = limits;
    this.send = send;
    this.refused = refused;
  }

  /**
   * Writes.
   *
   * @param bytes of it, about
   * @return fails as its request does
   */
  CompletionStage<R> write(W write, int bytes) {
    CompletableFuture<R> told = new CompletableFuture<>();
    List<List<Waiting<W, R>>> ready;
    synchronized (queue) {
      queue.add(new Waiting<>(write, bytes, told));
      queuedBytes += bytes;
      ready = takeReady();
    }
    ready.forEach(this::sendGroup);
    return told;
  }

  private List<List<Waiting<W, R>>> takeReady() {
    List<List<Waiting<W, R>>> ready = new ArrayList<>();
    while (!queue.isEmpty() && (underWay < limits.underWay || isFull())) {
      ready.add(takeGroup());
      underWay++;
    }
    return ready;
  }

  private boolean isFull() {
    return queue.size() >= limits.writes || queuedBytes >= limits.bytes;
  }

  private List<Waiting<W, R>> takeGroup() {
    List<Waiting<W, R>> group = new ArrayList<>();
    int bytes = 0;
    while (!queue.isEmpty()
        && group.size() < limits.writes
        && (group.isEmpty() || bytes + queue.peek().bytes <= limits.bytes)) {
      Waiting<W, R> next = queue.remove();
      bytes += next.bytes;
      group.add(next);
    }
    queuedBytes -= bytes;
    return group;
  }

  private void sendGroup(List<Waiting<W, R>> group) {
    request(group.stream().map(Waiting::write).toList())
        .whenComplete(
            (answer, failure) -> {
              List<List<Waiting<W, R>>> ready;
              synchronized (queue) {
                underWay--;
                ready = takeReady();
              }
              ready.forEach(this::sendGroup);
              if (failure != null && group.size() > 1 && refused.test(failure)) {
                group.forEach(this::sendAlone);
              } else {
                group.forEach(one -> tell(one, answer, failure));
              }
            });
  }

  private void sendAlone(Waiting<W, R> one) {
    request(List.of(one.write)).whenComplete((answer, failure) -> tell(one, answer, failure));
  }

  private CompletionStage<R> request(List<W> writes) {
    try {
      return send.apply(writes);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static <W, R> void tell(Waiting<W, R> one, R answer, Throwable failure) {
    if (failure == null) {
      one.told.complete(answer);
    } else {
      one.told.completeExceptionally(failure);
    }
  }
}
