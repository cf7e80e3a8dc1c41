package dev.muster.deploy.example;

import dev.muster.api.watch.Change;
import dev.muster.api.watch.WatchPosition;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/**
 * Prints changes, one at a time: it asks for the next one when it has dealt with the last, so that
 * nothing piles up. Whoever stores what he derives from changes stores the position with it.
 */
final class Printing implements Flow.Subscriber<Change> {
  private final PrintWriter out;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Flow.Subscription subscription;
  private volatile WatchPosition position;
  private volatile Throwable failure;

  /**
   * @param position where the watch begins
   */
  Printing(PrintWriter out, WatchPosition position) {
    this.out = out;
    this.position = position;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    subscription.request(1);
  }

  @Override
  public void onNext(Change change) {
    out.println(line(change));
    out.flush();
    position = position.after(change);
    subscription.request(1);
  }

  private static String line(Change change) {
    String history =
        switch (change) {
          case Change.OfCluster of -> of.cluster().value();
          case Change.OfEnvironment ignored -> "environment";
        };
    return "%s %s #%d %s"
        .formatted(
            change.recorded().at().instant(),
            history,
            change.sequenceNumber(),
            change.recorded().event());
  }

  @Override
  public void onError(Throwable why) {
    failure = why;
    ended.countDown();
  }

  @Override
  public void onComplete() {
    ended.countDown();
  }

  /** How far it has printed. */
  WatchPosition position() {
    return position;
  }

  /**
   * @return whether the watch has come to its end; not where it was interrupted, to be resumed
   */
  boolean awaitEnd() throws InterruptedException {
    ended.await();
    return failure == null;
  }
}
