package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that find each other as pods, by asking what stands here for Kubernetes' API: over TLS,
 * with the pod's token, for the pods with the label of nodes. Each pod has an address of its own.
 */
final class KubernetesDiscoveryTest {
  private static final int NODES = 2;
  private static final String PASSWORD = "changeit";
  private static final String TOKEN = "the-token-of-the-pod";
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  private final Set<String> questions = new ConcurrentSkipListSet<>();
  private final List<Process> nodes = new ArrayList<>();
  private HttpsServer api;
  private int managementPort;
  private Path settings;

  @BeforeEach
  void start() throws Exception {
    managementPort = freePort();
    Path keys = folder.resolve("api.p12");
    keytool(
        "-genkeypair -alias api -keyalg EC -dname CN=kubernetes -validity 2 -ext san=ip:127.0.0.1"
            + " -storetype PKCS12 -keystore "
            + keys);
    Path certificate = folder.resolve("ca.crt");
    keytool("-exportcert -rfc -alias api -keystore " + keys + " -file " + certificate);
    api = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    api.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
    api.createContext("/", this::answer);
    api.start();
    settings =
        Files.writeString(
            folder.resolve("settings.conf"),
            """
            pekko { loglevel = WARNING, logger-startup-timeout = 60 s }
            pekko.discovery.kubernetes-api {
              api-ca-path = "%s"
              api-token-path = "%s"
              pod-namespace = "muster-here"
            }
            pekko.management.cluster.bootstrap {
              contact-point-discovery { stable-margin = 300 ms, interval = 200 ms }
              contact-point.probe-interval = 200 ms
            }
            pekko.cluster.failure-detector.acceptable-heartbeat-pause = 30 s
            """
                .formatted(certificate, Files.writeString(folder.resolve("token"), TOKEN)));
  }

  @AfterEach
  void end() throws Exception {
    for (Process node : nodes) {
      node.destroyForcibly().waitFor();
    }
    if (api != null) {
      api.stop(0);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      return socket.getLocalPort();
    }
  }

  private static void keytool(String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static SSLContext tls(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(keys)) {
      store.load(content, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query =
        URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
    boolean trusted =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    questions.add(exchange.getRequestURI().getPath() + "?" + query + (trusted ? "" : " by whom?"));
    byte[] pods = pods().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(trusted ? 200 : 401, trusted ? pods.length : -1);
    if (trusted) {
      exchange.getResponseBody().write(pods);
    }
    exchange.close();
  }

  private String pods() {
    return IntStream.range(0, NODES)
        .mapToObj(
            node ->
                """
                {"metadata": {"name": "muster-%d", "labels": {"app.kubernetes.io/name": "muster"}},
                 "spec": {"containers": [{"name": "muster", "ports": [
                   {"name": "sql", "containerPort": 6875},
                   {"name": "management", "containerPort": %d}]}]},
                 "status": {"podIP": "%s", "phase": "Running", "containerStatuses": []}}
                """
                    .formatted(node, managementPort, address(node)))
        .collect(Collectors.joining(",", "{\"kind\": \"PodList\", \"items\": [", "]}"));
  }

  private static String address(int node) {
    return "127.0.0." + (node + 1);
  }

  private void startNode(int number) throws IOException {
    ProcessBuilder node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                DiscoveredNode.class.getName(),
                Integer.toString(number),
                address(number) + ":" + freePort(),
                address(number) + ":" + managementPort,
                Integer.toString(NODES),
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(output(number).toFile());
    node.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    node.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    node.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(api.getAddress().getPort()));
    nodes.add(node.start());
  }

  private Path output(int number) {
    return folder.resolve("node-" + number + ".out");
  }

  private void awaitAllUp(int number) throws Exception {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(output(number)).contains("up " + NODES)) {
      assertTrue(
          System.nanoTime() < deadlineNanos && nodes.get(number).isAlive(),
          () -> "node " + number + " is alone: " + said(number) + "\nasked were " + questions);
      nodes.get(number).waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  private String said(int number) {
    try {
      return Files.readString(output(number));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Test
  void nodesFindEachOtherAsPodsAndFoundOneCluster() throws Exception {
    for (int node = 0; node < NODES; node++) {
      startNode(node);
    }
    for (int node = 0; node < NODES; node++) {
      awaitAllUp(node);
    }
    assertEquals(
        Set.of("/api/v1/namespaces/muster-here/pods?labelSelector=app.kubernetes.io/name=muster"),
        questions);
  }
}
