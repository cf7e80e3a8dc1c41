package dev.muster.deploy;

import dev.muster.journal.time.HybridClock;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code muster start} that make a node one of several. */
final class MembershipOptions {
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
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      description = "--node-address of some nodes, the same on all; the first of them begins")
  List<String> seeds;

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
    if (number < 0 || number >= HybridClock.NODES) {
      throw new IllegalArgumentException(
          "--node must be between 0 and " + (HybridClock.NODES - 1) + ": " + number);
    }
    HostAndPort.parse(address);
    seeds.forEach(HostAndPort::parse);
    cassandra.forEach(HostAndPort::parse);
    return new StartOptions.Membership(number, zone, address, seeds, cassandra, form);
  }
}
