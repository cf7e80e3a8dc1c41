package dev.muster.actors.runtime.process;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A workload for tests: keeps the contract, or breaks it as its first argument says. What is
 * between the tests and it passes through files in the directory that it runs in.
 */
public final class TestWorkload {
  private TestWorkload() {}

  public static void main(String[] arguments) throws Exception {
    String mode = arguments.length == 0 ? "normal" : arguments[0];
    System.out.println("workload " + mode + " " + System.getenv("MUSTER_INCARNATION"));
    switch (mode) {
      case "exits" -> System.exit(7);
      case "out-of-memory" -> System.exit(12);
      case "fills-its-heap" -> fillHeap();
      case "grows" -> Thread.ofPlatform().daemon().start(TestWorkload::growOutsideTheHeap);
      case "exits-when-told" -> Thread.ofPlatform().daemon().start(TestWorkload::exitWhenTold);
      case "hangs-on-stop" ->
          Runtime.getRuntime().addShutdownHook(new Thread(TestWorkload::waitForEver));
      case "has-a-child" ->
          Files.writeString(
              Path.of("child"), Long.toString(new ProcessBuilder("sleep", "1000").start().pid()));
      default -> {}
    }
    if (mode.equals("never-answers")) {
      waitForEver();
    }
    serve(mode);
  }

  private static void exitWhenTold() {
    while (!Files.exists(Path.of("exit"))) {
      LockSupport.parkNanos(2_000_000);
    }
    System.exit(7);
  }

  private static void fillHeap() {
    List<byte[]> kept = new ArrayList<>();
    while (kept.size() < 1 << 20) {
      kept.add(new byte[1 << 20]);
    }
  }

  /** Once it is told to, up to half a GiB, which it touches. */
  private static void growOutsideTheHeap() {
    List<ByteBuffer> kept = new ArrayList<>();
    while (kept.size() < 512) {
      if (Files.exists(Path.of("grow"))) {
        ByteBuffer memory = ByteBuffer.allocateDirect(1 << 20);
        for (int offset = 0; offset < memory.capacity(); offset += 4096) {
          memory.put(offset, (byte) 1);
        }
        kept.add(memory);
      }
      LockSupport.parkNanos(2_000_000);
    }
    waitForEver();
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void serve(String mode) throws IOException {
    int port = Integer.parseInt(System.getenv("MUSTER_HTTP_PORT"));
    try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket socket = server.accept()) {
          byte[] request = new byte[1024];
          int length = Math.max(0, socket.getInputStream().read(request));
          String line = new String(request, 0, length, StandardCharsets.US_ASCII);
          answer(socket.getOutputStream(), line.startsWith("GET /hydration"), mode);
        }
      }
    }
  }

  /** When it was told to hydrate; others do not say. */
  private static String hydratedAt() throws IOException {
    Path told = Path.of("hydrate");
    return Files.exists(told)
        ? '"' + Files.getLastModifiedTime(told).toInstant().toString() + '"'
        : "null";
  }

  private static void answer(OutputStream out, boolean hydration, String mode) throws IOException {
    boolean hydrated = !mode.equals("hydrates-when-told") || Files.exists(Path.of("hydrate"));
    String body =
        hydration
            ? """
            {"objectsDone": %d, "objectsTotal": 2, "bytes": 5, "peakMemoryBytes": 6,
             "hydrated": %b, "replicaId": "%s", "hydratedAt": %s}\
            """
                .formatted(
                    hydrated ? 2 : 1, hydrated, System.getenv("MUSTER_REPLICA_ID"), hydratedAt())
            : "live";
    out.write(("HTTP/1.0 200 OK\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
  }
}
