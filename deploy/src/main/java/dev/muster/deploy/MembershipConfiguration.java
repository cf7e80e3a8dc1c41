package dev.muster.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.membership.NodeRole;
import dev.muster.deploy.StartOptions.Discovery;
import dev.muster.deploy.StartOptions.Membership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a node that is one of several, from what the command line says of it. */
final class MembershipConfiguration {
  private static final String SERVICE = "muster";

  /** While members differ in it, entities go to the newest, and stay where they are. */
  private static final String APP_VERSION = "pekko.cluster.app-version";

  private static final String BOOTSTRAP = "pekko.management.cluster.bootstrap.";

  private MembershipConfiguration() {}

  /** What the command line decides. */
  static Config of(Membership membership, Seeds seeds, List<String> zones) {
    HostAndPort self = HostAndPort.parse(membership.address());
    Map<String, Object> settings = new HashMap<>();
    settings.put("muster.zones", zones);
    settings.put(
        "muster.host.zones",
        membership.hasRole(NodeRole.REPLICAS) ? List.of(membership.zone()) : List.of());
    settings.put("muster.node.number", membership.number());
    settings.put("muster.node.form-cluster-alone", "off");
    settings.put(NodeConfiguration.JOURNAL_KIND, "cassandra");
    settings.put("muster.journal.cassandra.contact-points", membership.cassandra());
    settings.put("pekko.remote.artery.canonical.hostname", self.host());
    settings.put("pekko.remote.artery.canonical.port", self.port());
    settings.put(
        "pekko.cluster.roles", membership.roles().stream().map(NodeRole::label).sorted().toList());
    settings.put(
        "pekko.cluster.seed-nodes",
        seeds.addresses().stream().map(seed -> "pekko://muster@" + seed).toList());
    if (seeds.onlyTogether()) {
      settings.put("pekko.cluster.seed-node-timeout", "10000 days");
    }
    discovery(membership).ifPresent(found -> settings.putAll(discovered(found)));
    return ConfigFactory.parseMap(settings);
  }

  /** What lies under the user's own settings. */
  static Config defaults(Optional<Membership> membership) {
    Config discovery =
        membership.flatMap(MembershipConfiguration::discovery).isPresent()
            ? ConfigFactory.parseResources(
                MembershipConfiguration.class.getClassLoader(), "muster-bootstrap.conf")
            : ConfigFactory.empty();
    return ConfigFactory.parseMap(Map.of(APP_VERSION, Version.ofBuild())).withFallback(discovery);
  }

  /** How the others are found; whoever founds a cluster looks for nobody. */
  static Optional<Discovery> discovery(Membership membership) {
    return membership.discovery().filter(ignored -> !membership.form());
  }

  private static Map<String, Object> discovered(Discovery discovery) {
    HostAndPort management = HostAndPort.parse(discovery.address());
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "pekko.management.http.hostname",
                management.host(),
                "pekko.management.http.port",
                management.port(),
                BOOTSTRAP + "contact-point-discovery.discovery-method",
                discovery.method().toString(),
                BOOTSTRAP + "contact-point-discovery.required-contact-point-nr",
                discovery.needed()));
    switch (discovery.method()) {
      case CONFIG ->
          settings.put(
              "pekko.discovery.config.services." + SERVICE + ".endpoints",
              discovery.contactPoints().stream()
                  .map(HostAndPort::parse)
                  .map(point -> Map.of("host", point.host(), "port", point.port()))
                  .toList());
      case KUBERNETES_API ->
          settings.put(BOOTSTRAP + "contact-point-discovery.port-name", "management");
    }
    return settings;
  }
}
