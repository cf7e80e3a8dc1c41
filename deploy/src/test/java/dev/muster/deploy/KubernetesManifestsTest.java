package dev.muster.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.runtime.kubernetes.KubernetesSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code deploy/kubernetes} says is what Kubernetes, and Muster, understand. */
final class KubernetesManifestsTest {
  private static final Path FOLDER = Path.of("kubernetes").toAbsolutePath();
  private static final Path INSTALLATION = FOLDER.resolve("three-zones");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  static Stream<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .toList()
          .stream();
    }
  }

  private static List<HasMetadata> resources(String yaml) {
    Object read = YAML.unmarshal(yaml);
    return (read instanceof Collection<?> several ? several : List.of(read))
        .stream().map(HasMetadata.class::cast).toList();
  }

  /** The whole installation, as kubectl would send it. */
  private static List<HasMetadata> rendered() throws Exception {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))),
        "NOT TESTED: the whole Kubernetes installation, for there is no kubectl here");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", INSTALLATION.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String yaml = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
    assertTrue(kubectl.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, kubectl.exitValue());
    return resources(yaml);
  }

  private static <T> List<T> of(Class<T> kind, List<HasMetadata> resources) {
    return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everyFieldIsOneThatKubernetesKnows(Path manifest) throws Exception {
    Set<String> unknown = new TreeSet<>();
    for (HasMetadata resource : resources(Files.readString(manifest))) {
      unknownFields(resource, resource.getKind(), unknown);
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void whatPatchesMakeOfThemIsKnownToo() throws Exception {
    Set<String> unknown = new TreeSet<>();
    List<HasMetadata> all = rendered();
    assertFalse(all.isEmpty());
    for (HasMetadata resource : all) {
      unknownFields(resource, resource.getKind() + "/" + resource.getMetadata().getName(), unknown);
    }
    assertEquals(Set.of(), unknown);
  }

  /** The model keeps what it does not know beside what it knows. */
  private static void unknownFields(Object value, String path, Set<String> unknown)
      throws Exception {
    switch (value) {
      case null -> {}
      case Collection<?> many -> {
        for (Object each : many) {
          unknownFields(each, path + "[]", unknown);
        }
      }
      case Map<?, ?> map -> {
        for (var entry : map.entrySet()) {
          unknownFields(entry.getValue(), path + "." + entry.getKey(), unknown);
        }
      }
      case KubernetesResource resource -> {
        for (Method getter : resource.getClass().getMethods()) {
          boolean isGetter =
              getter.getName().startsWith("get")
                  && getter.getParameterCount() == 0
                  && getter.getDeclaringClass().equals(resource.getClass());
          if (isGetter && getter.getName().equals("getAdditionalProperties")) {
            ((Map<?, ?>) getter.invoke(resource))
                .keySet()
                .forEach(name -> unknown.add(path + "." + name));
          } else if (isGetter) {
            unknownFields(
                getter.invoke(resource), path + "." + getter.getName().substring(3), unknown);
          }
        }
      }
      default -> {}
    }
  }

  private static Container container(StatefulSet set) {
    return set.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private static Map<String, String> environment(StatefulSet set, ConfigMap installation) {
    Map<String, String> variables = new HashMap<>(installation.getData());
    variables.put("POD_IP", "10.0.0.7");
    variables.put("POD_NAME", set.getMetadata().getName() + "-0");
    container(set).getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    return variables;
  }

  private static ConfigMap configuration(List<HasMetadata> all, String name) {
    return of(ConfigMap.class, all).stream()
        .filter(map -> map.getMetadata().getName().startsWith(name + "-"))
        .findFirst()
        .orElseThrow();
  }

  /** As Kubernetes expands them. */
  private static List<String> arguments(StatefulSet set, Map<String, String> environment) {
    List<String> arguments = new ArrayList<>();
    for (String argument : container(set).getArgs()) {
      String expanded = argument;
      for (var variable : environment.entrySet()) {
        expanded = expanded.replace("$(" + variable.getKey() + ")", variable.getValue());
      }
      arguments.add(expanded);
    }
    return arguments;
  }

  private static String option(List<String> arguments, String name) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(name + "="))
        .map(argument -> argument.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void threeNodesInThreeZonesFindEachOther() throws Exception {
    List<HasMetadata> all = rendered();
    ConfigMap installation = configuration(all, "muster-installation");
    List<StatefulSet> nodes = of(StatefulSet.class, all);
    assertEquals(3, nodes.size());
    Set<String> zones = new TreeSet<>();
    Set<String> numbers = new TreeSet<>();
    Set<String> addresses = new TreeSet<>();
    String needed = installation.getData().get("MUSTER_NODES");
    for (StatefulSet node : nodes) {
      List<String> arguments = arguments(node, environment(node, installation));
      assertEquals("start", arguments.getFirst());
      new CommandLine(new StartCommand())
          .parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
      zones.add(option(arguments, "--zone"));
      numbers.add(option(arguments, "--node"));
      addresses.add(option(arguments, "--node-address"));
      assertEquals("kubernetes-api", option(arguments, "--discovery"));
      assertEquals(needed, option(arguments, "--nodes-needed"));
      assertTrue(
          option(arguments, "--management-address").endsWith(":" + port(node, "management")));
      assertTrue(option(arguments, "--node-address").endsWith(":" + port(node, "remoting")));
      assertEquals(
          Map.of("topology.kubernetes.io/zone", option(arguments, "--zone")),
          node.getSpec().getTemplate().getSpec().getNodeSelector());
      assertEquals(zonesOf(installation), Set.of(option(arguments, "--zones").split(",")));
    }
    assertEquals(zonesOf(installation), zones);
    assertEquals(3, numbers.size());
    assertEquals(3, addresses.size());
    assertEquals(nodes.size(), Integer.parseInt(needed));
  }

  private static int port(StatefulSet node, String name) {
    return container(node).getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getContainerPort();
  }

  /** What the discovery asks Kubernetes for is what the manifests have, and may be asked for. */
  @Test
  void nodesAreDiscoveredByTheirLabelAndTheNameOfTheirPort() throws Exception {
    List<HasMetadata> all = rendered();
    Config bootstrap = ConfigFactory.parseResources("muster-bootstrap.conf");
    String[] label =
        bootstrap.getString("pekko.discovery.kubernetes-api.pod-label-selector").split("=");
    for (StatefulSet node : of(StatefulSet.class, all)) {
      assertEquals(label[1], node.getSpec().getTemplate().getMetadata().getLabels().get(label[0]));
      assertTrue(port(node, "management") > 0);
    }
    assertTrue(
        of(Role.class, all).stream()
            .flatMap(role -> role.getRules().stream())
            .anyMatch(
                rule ->
                    rule.getApiGroups().contains("")
                        && rule.getResources().contains("pods")
                        && rule.getVerbs().contains("list")));
    NetworkPolicy policy =
        of(NetworkPolicy.class, all).stream()
            .filter(each -> each.getMetadata().getName().equals("muster"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Set.of(Map.of(label[0], label[1])),
        policy.getSpec().getIngress().stream()
            .filter(
                rule ->
                    rule.getPorts().stream()
                        .anyMatch(port -> "management".equals(port.getPort().getStrVal())))
            .flatMap(rule -> rule.getFrom().stream())
            .map(peer -> peer.getPodSelector().getMatchLabels())
            .collect(Collectors.toSet()));
  }

  private static Set<String> zonesOf(ConfigMap installation) {
    return new TreeSet<>(Set.of(installation.getData().get("MUSTER_ZONES").split(",")));
  }

  @Test
  void servicesReachNodes() throws Exception {
    List<HasMetadata> all = rendered();
    for (Service service : of(Service.class, all)) {
      for (StatefulSet node : of(StatefulSet.class, all)) {
        assertTrue(
            node.getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(service.getSpec().getSelector().entrySet()),
            service.getMetadata().getName());
        Set<String> ports =
            container(node).getPorts().stream()
                .map(port -> port.getName())
                .collect(Collectors.toSet());
        service
            .getSpec()
            .getPorts()
            .forEach(port -> assertTrue(ports.contains(port.getTargetPort().getStrVal())));
      }
    }
  }

  @Test
  void theConfigurationOfReplicasIsOneThatMusterReads() throws Exception {
    KubernetesSettings settings =
        KubernetesSettings.of(
            ConfigFactory.parseFile(INSTALLATION.resolve("muster.conf").toFile())
                .withFallback(ConfigFactory.load()));
    assertEquals(Optional.of(Path.of("/etc/muster/replica-pod.yaml")), settings.podTemplate());
    Pod template =
        (Pod) resources(Files.readString(INSTALLATION.resolve("replica-pod.yaml"))).getFirst();
    assertEquals("muster-replica", template.getSpec().getServiceAccountName());
    assertTrue(settings.command().contains("dev.muster.replicad.Replicad"));
  }
}
