package dev.muster.deploy;

import dev.muster.actors.membership.NodeRole;
import dev.muster.deploy.StartOptions.Discovery;
import dev.muster.journal.time.HybridClock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of {@code muster start} that make a node one of several. */
final class MembershipOptions {
  private static final int DEFAULT_MANAGEMENT_PORT = 8558;

  @Option(
      names = "--node",
      required = true,
      paramLabel = "N",
      description = "number of this node, from 0 to 255; no other has it")
  int number;

  @Option(
      names = "--zone",
      required = true,
      paramLabel = "ZONE",
      description = "the one of --zones that this node is in")
  String zone;

  @Option(
      names = "--node-address",
      required = true,
      paramLabel = "HOST:PORT",
      description = "where the other nodes reach this one")
  String address;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "HOST:PORT",
      description = {
        "--node-address of some nodes, the same on all; the first of them begins.",
        "Instead of it, --discovery"
      })
  List<String> seeds;

  @Option(
      names = "--discovery",
      paramLabel = "METHOD",
      description = {
        "how the nodes find each other: 'config', at the --contact-points, or 'kubernetes-api', as"
            + " pods with the label app.kubernetes.io/name=muster.",
        "A cluster is founded only when enough of them are found and none is in one"
      })
  Discovery.Method discovery;

  @Option(
      names = "--contact-points",
      split = ",",
      paramLabel = "HOST:PORT",
      description = "--management-address of all nodes, the same on all; with --discovery config")
  List<String> contactPoints;

  @Option(
      names = "--nodes-needed",
      paramLabel = "N",
      description = {
        "so many nodes must be found, this one included, before a cluster is founded: as many as"
            + " the installation has; with --discovery kubernetes-api"
      })
  Integer nodesNeeded;

  @Option(
      names = "--management-address",
      paramLabel = "HOST:PORT",
      description =
          "where this node answers the others' discovery (default: the host of --node-address, port"
              + " "
              + DEFAULT_MANAGEMENT_PORT
              + ")")
  String managementAddress;

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      description = {
        "what this node is there for: 'entities' (clusters live on it, and it votes when the"
            + " network splits), 'replicas' (those of its zone run on it), 'doors' (it answers"
            + " SQL).",
        "Default: all three"
      })
  List<String> roles;

  @Option(
      names = "--cassandra",
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      description = "some nodes of the Cassandra that keeps the journal")
  List<String> cassandra;

  @Option(
      names = "--form",
      description = {
        "founds the cluster, although this node was a member of one before: for when the others are"
            + " gone for good.",
        "Only where no other node of it runs: two clusters on one journal destroy it"
      })
  boolean form;

  /**
   * @throws IllegalArgumentException for what cannot be
   */
  StartOptions.Membership checked() {
    require(
        number >= 0 && number < HybridClock.NODES,
        "--node must be between 0 and " + (HybridClock.NODES - 1) + ": " + number);
    HostAndPort.parse(address);
    cassandra.forEach(HostAndPort::parse);
    require(
        (seeds == null) != (discovery == null),
        "either --seeds or --discovery must say how this node finds the others");
    require(
        discovery != null
            || contactPoints == null && nodesNeeded == null && managementAddress == null,
        "--contact-points, --nodes-needed and --management-address go with --discovery");
    List<String> known = seeds == null ? List.of() : seeds;
    known.forEach(HostAndPort::parse);
    Set<NodeRole> checkedRoles = checkedRoles();
    require(
        !form || checkedRoles.contains(NodeRole.ENTITIES),
        "--form is for a node with entities: another one founds no cluster");
    return new StartOptions.Membership(
        number,
        zone,
        address,
        known,
        Optional.ofNullable(discovery).map(this::checkedDiscovery),
        cassandra,
        form,
        checkedRoles);
  }

  private Discovery checkedDiscovery(Discovery.Method method) {
    String management =
        managementAddress == null
            ? HostAndPort.parse(address).withPort(DEFAULT_MANAGEMENT_PORT).text()
            : managementAddress;
    HostAndPort.parse(management);
    List<String> points = contactPoints == null ? List.of() : contactPoints;
    points.forEach(HostAndPort::parse);
    switch (method) {
      case CONFIG ->
          require(
              !points.isEmpty() && nodesNeeded == null,
              "--discovery config needs --contact-points, and all of them before it founds a"
                  + " cluster");
      case KUBERNETES_API ->
          require(
              points.isEmpty() && nodesNeeded != null,
              "--discovery kubernetes-api needs --nodes-needed, and finds contact points itself");
    }
    int needed = nodesNeeded == null ? points.size() : nodesNeeded;
    require(needed >= 1, "--nodes-needed must be at least 1: " + needed);
    return new Discovery(method, points, needed, management);
  }

  private Set<NodeRole> checkedRoles() {
    if (roles == null) {
      return EnumSet.allOf(NodeRole.class);
    }
    Set<NodeRole> found = EnumSet.noneOf(NodeRole.class);
    for (String role : roles) {
      found.add(
          NodeRole.of(role)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--roles may name entities, replicas and doors: \"" + role + "\"")));
    }
    return found;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
