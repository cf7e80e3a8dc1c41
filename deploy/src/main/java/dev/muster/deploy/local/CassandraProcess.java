package dev.muster.deploy.local;

import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Cassandra of one node, as a process of its own. It listens on loopback, where not told
 * otherwise, and keeps all that it has in one folder.
 */
public final class CassandraProcess {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LISTENS = "Starting listening for CQL clients";
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(100);

  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/java.lang.ref",
          "java.base/sun.nio.ch",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport.tcp",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.math",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  private final Process process;
  private final String address;
  private final int port;
  private final Path log;
  private final long loggedBefore;

  private CassandraProcess(Process process, String address, int port, Path log, long loggedBefore) {
    this.loggedBefore = loggedBefore;
    this.process = process;
    this.address = address;
    this.port = port;
    this.log = log;
  }

  /**
   * Nothing where this machine has all that a Cassandra needs.
   *
   * @throws StartupException that says what is missing
   */
  public static void requireHome() {
    CassandraHome.find();
  }

  /**
   * Starts it, on what it has kept where it ran before; returns at once.
   *
   * @param port that clients speak to
   * @param storagePort that its own nodes would speak to
   */
  public static CassandraProcess start(Path folder, int port, int storagePort) throws IOException {
    return start(folder, LOOPBACK, port, storagePort);
  }

  /**
   * As above, elsewhere than on loopback.
   *
   * @param address of this machine
   */
  public static CassandraProcess start(Path folder, String address, int port, int storagePort)
      throws IOException {
    requireFree(address, port);
    requireFree(address, storagePort);
    CassandraHome home = CassandraHome.find();
    Files.createDirectories(folder);
    Path settings = folder.resolve("cassandra.yaml");
    Path logging = folder.resolve("logback.xml");
    Path log = folder.resolve("cassandra.log");
    Files.writeString(settings, settings(folder.toAbsolutePath(), address, port, storagePort));
    Files.writeString(logging, LOGGING);
    List<String> command = new ArrayList<>(Detached.PREFIX);
    command.add(home.java().toString());
    // One that is tried out: small, and quick to start rather than quick in the long run.
    command.addAll(List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
    command.add("-Dcassandra.config=" + settings.toUri());
    command.add("-Dlogback.configurationFile=" + logging.toAbsolutePath());
    command.add("-Dcassandra.storagedir=" + folder.toAbsolutePath());
    command.add("-Dcassandra-foreground=yes");
    // There are no others to wait for.
    command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    command.add("-Dcassandra.ring_delay_ms=0");
    command.add("-Djdk.attach.allowAttachSelf=true");
    EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
    OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
    command.addAll(List.of("-cp", home.libraries() + "/*"));
    command.add("org.apache.cassandra.service.CassandraDaemon");
    long logged = Files.exists(log) ? Files.size(log) : 0;
    return new CassandraProcess(Detached.start(command, log), address, port, log, logged);
  }

  /** Another Cassandra there would be taken for this one. */
  private static void requireFree(String address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException taken) {
      throw new StartupException(
          "Cassandra cannot listen on "
              + address
              + ":"
              + port
              + ", which something else does already ("
              + taken.getMessage()
              + "): end that, or take free ports with --sql-port 0");
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  /**
   * Waits until clients can connect.
   *
   * @throws StartupException where it ended, or was not there in time
   */
  public void awaitReady(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!(saysThatItListens() && accepts() && process.isAlive())) {
      if (!process.isAlive()) {
        throw new StartupException("Cassandra ended at its start; see " + log);
      }
      if (System.nanoTime() > deadline) {
        throw new StartupException(
            "Cassandra was not ready within " + within.toSeconds() + " s; see " + log);
      }
      LockSupport.parkNanos(LOOK_AGAIN_AFTER.toNanos());
    }
  }

  /** Tells it to end, and does not wait. */
  void stop() {
    process.destroy();
  }

  /** Ends it at once, as a crash would; what it had confirmed is in files. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Whoever else answers on the port does not write to this process' log. */
  private boolean saysThatItListens() {
    try (var content = Files.newByteChannel(log)) {
      content.position(loggedBefore);
      ByteBuffer fresh = ByteBuffer.allocate((int) Math.max(0, content.size() - loggedBefore));
      content.read(fresh);
      return new String(fresh.array(), StandardCharsets.UTF_8).contains(LISTENS);
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * The log is synced before a write is acknowledged: it is the only copy. By Cassandra's default
   * the last tenth of a second is lost when its process is killed, and ten seconds when the machine
   * is.
   */
  private static String settings(Path folder, String address, int port, int storagePort) {
    return """
    cluster_name: muster
    num_tokens: 4
    partitioner: org.apache.cassandra.dht.Murmur3Partitioner
    endpoint_snitch: SimpleSnitch
    listen_address: %4$s
    rpc_address: %4$s
    start_native_transport: true
    native_transport_port: %2$d
    storage_port: %3$d
    commitlog_sync: batch
    commitlog_segment_size: 8MiB
    data_file_directories: [ "%1$s/data" ]
    commitlog_directory: "%1$s/commitlog"
    saved_caches_directory: "%1$s/saved_caches"
    hints_directory: "%1$s/hints"
    cdc_raw_directory: "%1$s/cdc_raw"
    seed_provider:
      - class_name: org.apache.cassandra.locator.SimpleSeedProvider
        parameters: [ { seeds: "%4$s:%3$d" } ]
    """
        .formatted(folder, port, storagePort, address);
  }

  private static final String LOGGING =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="out"/></root>
      </configuration>
      """;
}
