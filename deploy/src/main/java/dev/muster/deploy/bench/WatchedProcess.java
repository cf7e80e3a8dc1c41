package dev.muster.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** A process of the workload, found by the environment that it was given, whoever restarts it. */
final class WatchedProcess {
  private static final Path PROCESSES = Path.of("/proc");
  private static final long LOOK_AGAIN_NANOS = 1_000_000;
  private static final int TIMEOUT_MILLIS = 1_000;

  private final String dataDirectory;
  private final String replicaId;

  /**
   * @param dataDirectory as the workload contract's variable has it
   */
  WatchedProcess(Path dataDirectory, String replicaId) {
    this.dataDirectory = "MUSTER_DATA_DIR=" + dataDirectory + "\0";
    this.replicaId = "MUSTER_REPLICA_ID=" + replicaId + "\0";
  }

  /** The process that runs now. */
  OptionalLong pid() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path entry : entries) {
        if (environment(entry).isPresent()) {
          return OptionalLong.of(Long.parseLong(entry.getFileName().toString()));
        }
      }
      return OptionalLong.empty();
    } catch (IOException failure) {
      throw new BenchException("processes cannot be listed: " + failure.getMessage(), failure);
    }
  }

  private Optional<String> environment(Path process) {
    try {
      String all = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return Optional.of(all).filter(it -> it.contains(dataDirectory) && it.contains(replicaId));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Looks closely: the moment is what is measured. */
  void awaitOther(long pid, Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (pid().orElse(pid) == pid) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new BenchException("nobody restarted process " + pid);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  boolean isHydrated() {
    return pid().stream()
        .mapToObj(pid -> environment(PROCESSES.resolve(Long.toString(pid))))
        .flatMap(Optional::stream)
        .anyMatch(WatchedProcess::isReady);
  }

  private static boolean isReady(String environment) {
    String port = environment.split("MUSTER_HTTP_PORT=", 2)[1].split("\0", 2)[0];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket
          .getOutputStream()
          .write("GET /readyz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      return new String(answer, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException unanswered) {
      return false;
    }
  }
}
