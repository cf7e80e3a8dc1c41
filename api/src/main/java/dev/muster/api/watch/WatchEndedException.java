package dev.muster.api.watch;

/**
 * Nobody can tell any more what happens: the client has left the cluster of nodes, or was cut off
 * from it. What was missed is still there for whoever connects again and goes on from his position.
 */
public final class WatchEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WatchEndedException(String message) {
    super(message);
  }
}
