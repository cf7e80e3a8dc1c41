package dev.muster.deploy.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the replicas themselves, past Muster, every 5 ms whether one of them serves: as a client of
 * theirs would, it keeps to the one that answered last and looks for another when that does not.
 */
final class Prober implements AutoCloseable {
  private static final long EVERY_NANOS = Duration.ofMillis(5).toNanos();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final RunningMuster muster;
  private final String clusterId;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long questions;
  private volatile long unanswered;
  private List<Integer> ports = List.of();

  /**
   * @param clusterId whose replicas are asked, and no others
   */
  Prober(RunningMuster muster, String clusterId) {
    this.muster = muster;
    this.clusterId = clusterId;
    this.thread = Thread.ofPlatform().daemon().name("prober").start(this::run);
  }

  private void run() {
    while (!stopping) {
      if (!someoneServes()) {
        unanswered++;
      }
      questions++;
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private boolean someoneServes() {
    if (anyServes(ports)) {
      return true;
    }
    ports = currentPorts();
    return anyServes(ports);
  }

  private boolean anyServes(List<Integer> candidates) {
    for (Integer port : candidates) {
      if (serves(port)) {
        ports = new ArrayList<>(candidates);
        ports.sort(Comparator.comparing(other -> !other.equals(port)));
        return true;
      }
    }
    return false;
  }

  private boolean serves(int port) {
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException gone) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Integer> currentPorts() {
    return muster.replicaProcesses().stream()
        .filter(one -> one.replicaId().startsWith(clusterId + "-"))
        .flatMap(one -> port(one.pid()).stream())
        .toList();
  }

  private static List<Integer> port(long pid) {
    try {
      String environment =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      for (String entry : environment.split("\0")) {
        if (entry.startsWith("MUSTER_HTTP_PORT=")) {
          return List.of(Integer.valueOf(entry.substring("MUSTER_HTTP_PORT=".length())));
        }
      }
    } catch (IOException gone) {
      return List.of();
    }
    return List.of();
  }

  /** How often it has asked. */
  long questions() {
    return questions;
  }

  /** How often nobody served. */
  long unanswered() {
    return unanswered;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
