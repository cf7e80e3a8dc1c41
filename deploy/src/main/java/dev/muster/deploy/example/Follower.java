package dev.muster.deploy.example;

import dev.muster.actors.MusterClients;
import dev.muster.actors.client.ClientOptions;
import dev.muster.api.MusterClient;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchPosition;
import dev.muster.deploy.StartupException;
import dev.muster.journal.event.ClusterId;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;

/**
 * Prints what happens, for as long as it runs. Where it was cut off from the nodes it connects
 * again, and goes on after the last change that it has printed.
 */
final class Follower {
  private final ClientOptions options;
  private final String cluster;
  private final PrintWriter out;

  /**
   * @param cluster the name of the one to follow, or null for everything
   */
  Follower(ClientOptions options, String cluster, PrintWriter out) {
    this.options = options;
    this.cluster = cluster;
    this.out = out;
  }

  void run() throws InterruptedException {
    Watch watch = null;
    WatchPosition position = null;
    boolean ended = false;
    while (!ended) {
      try (MusterClient muster = MusterClients.connect(options)) {
        if (watch == null) {
          watch = watch(muster);
          position = muster.position().toCompletableFuture().join();
        }
        out.println("following");
        out.flush();
        Printing changes = new Printing(out, position);
        muster.watch(watch.after(position)).subscribe(changes);
        ended = changes.awaitEnd();
        position = changes.position();
      } catch (MusterClients.NotConnectedException | CompletionException cutOff) {
        if (position == null) {
          throw cutOff;
        }
        out.println("not connected: " + cutOff.getMessage());
        out.flush();
      }
    }
  }

  private Watch watch(MusterClient muster) {
    if (cluster == null) {
      return Watch.all();
    }
    ClusterId id =
        muster
            .names()
            .toCompletableFuture()
            .join()
            .cluster(cluster)
            .orElseThrow(() -> new StartupException("there is no cluster \"" + cluster + "\""))
            .id();
    return Watch.of(id);
  }
}
