package dev.muster.actors.runtime.kubernetes;

import com.typesafe.config.Config;
import dev.muster.actors.runtime.workload.WatchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the Kubernetes runtime; {@code reference.conf} explains each.
 *
 * @param namespace where pods are made; empty for the one that Muster itself runs in
 * @param installation tells the pods of several installations in one namespace apart
 * @param command of the container; empty for what the image says
 * @param podTemplate a file with a pod in YAML that each replica's begins as
 * @param watch how a replica is asked
 */
public record KubernetesSettings(
    Optional<String> namespace,
    String installation,
    String image,
    List<String> command,
    Map<String, String> environment,
    Optional<Path> podTemplate,
    String zoneLabel,
    int httpPort,
    Duration gracePeriod,
    Duration metricsInterval,
    WatchSettings watch) {
  public KubernetesSettings {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    // It becomes part of names and labels.
    if (!installation.matches("[a-z]([-a-z0-9]{0,30}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "muster.runtime.kubernetes.installation is \"%s\"; it must be of up to 32 lower-case letters, digits and dashes, with a letter first"
              .formatted(installation));
    }
    if (image.isBlank()) {
      throw new IllegalArgumentException(
          "muster.runtime.kubernetes.image is not set; it names the image that replicas run");
    }
  }

  /** Reads {@code muster.runtime.kubernetes}. */
  public static KubernetesSettings of(Config config) {
    Config kubernetes = config.getConfig("muster.runtime.kubernetes");
    Map<String, String> environment = new HashMap<>();
    kubernetes
        .getObject("environment")
        .forEach((name, value) -> environment.put(name, String.valueOf(value.unwrapped())));
    return new KubernetesSettings(
        filled(kubernetes, "namespace"),
        kubernetes.getString("installation"),
        kubernetes.getString("image"),
        kubernetes.getStringList("command"),
        environment,
        filled(kubernetes, "pod-template").map(Path::of),
        kubernetes.getString("zone-label"),
        kubernetes.getInt("http-port"),
        kubernetes.getDuration("grace-period"),
        kubernetes.getDuration("metrics-interval"),
        WatchSettings.of(kubernetes));
  }

  private static Optional<String> filled(Config config, String path) {
    return Optional.of(config.getString(path)).filter(text -> !text.isBlank());
  }
}
