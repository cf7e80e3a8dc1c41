package dev.muster.deploy;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Runs a node until the process is told to end. */
final class ForegroundNode {
  private final StartOptions options;

  ForegroundNode(StartOptions options) {
    this.options = options;
  }

  /**
   * Starts, says so on {@code out}, and stays until SIGTERM or SIGINT, which end the process with
   * exit code 0 once the node has stopped cleanly.
   */
  int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    checkPorts();
    try (DataDirectory directory = DataDirectory.open(options.dataDirectory())) {
      Logs.writeTo(directory.path().resolve("log"));
      MusterNode node = new MusterNode(options, directory.path());
      Thread stop = stopOnSignal(node, err);
      start(node, stop);
      if (node.addresses().isPresent()) {
        node.addresses().get().write(directory.path());
      }
      out.println(
          "muster ready: "
              + options.membership().map(ForegroundNode::place).orElse("")
              + "sql="
              + node.sqlAddress().map(HostAndPort::of).map(HostAndPort::text).orElse("none")
              + " http="
              + HostAndPort.of(node.httpAddress()).text());
      out.flush();
      node.awaitRemoval();
      return removed(node, stop, err);
    }
  }

  /** What supervises the process starts it again, and it joins anew; its replicas run on. */
  private static int removed(MusterNode node, Thread stop, PrintWriter err)
      throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException endingAlready) {
      stop.join();
    }
    err.println(
        "muster: this node was cut off from the majority of the others, and ends; start it again"
            + " when the network is back");
    node.close();
    return 1;
  }

  /** One of several says which. */
  private static String place(StartOptions.Membership membership) {
    return "node=%d zone=%s pid=%d "
        .formatted(membership.number(), membership.zone(), ProcessHandle.current().pid());
  }

  /** A start that fails ends the process with its own exit code, unless a signal is ending it. */
  private static void start(MusterNode node, Thread stop) throws InterruptedException {
    try {
      node.start();
    } catch (StartupException failure) {
      try {
        Runtime.getRuntime().removeShutdownHook(stop);
      } catch (IllegalStateException endingAlready) {
        stop.join();
      }
      throw failure;
    }
  }

  /** Before anything is started: a port that is taken costs no more than a line. */
  private void checkPorts() throws UnknownHostException {
    checkPort("--sql-port", options.host(), options.sqlPort());
    checkPort("--internal-sql-port", "127.0.0.1", options.internalSqlPort());
    checkPort("--http-port", options.host(), options.httpPort());
  }

  private static void checkPort(String option, String host, int port) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(host);
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException taken) {
      throw new StartupException(
          "cannot listen on " + host + ":" + port + " (" + option + "): " + taken.getMessage());
    }
  }

  /**
   * A signal runs the JVM's shutdown hooks; ours ends the process itself, so that a clean stop is
   * exit code 0.
   */
  private static Thread stopOnSignal(MusterNode node, PrintWriter err) {
    Thread stop =
        new Thread(
            () -> {
              int exitCode = 0;
              try {
                node.close();
              } catch (RuntimeException failure) {
                err.println("muster: did not stop cleanly: " + failure.getMessage());
                exitCode = 1;
              }
              err.flush();
              Runtime.getRuntime().halt(exitCode);
            },
            "muster-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    return stop;
  }
}
