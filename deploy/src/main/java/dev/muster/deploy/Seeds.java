package dev.muster.deploy;

import dev.muster.actors.membership.NodeRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a node asks to be let into the cluster, and when it founds one. Pure.
 *
 * <p>A journal has one cluster: a second one would write to it beside the first. So a node founds
 * one by itself only where none can have been: it is the first of the seeds, and never was a
 * member. One that was asks the others, all whom it knew then too, and founds a cluster only when
 * every one of them has answered that it is in none either, as after a loss of power; or when told
 * so. A node without entities founds none: it has nothing to write. Where the others are discovered
 * instead, there are no seeds, and the library decides ({@link NodeDiscovery}).
 *
 * @param addresses {@code HOST:PORT}; a node that is the first of them may found a cluster
 * @param onlyTogether whether it waits for all others to be there before it founds one
 */
record Seeds(List<String> addresses, boolean onlyTogether) {
  Seeds {
    addresses = List.copyOf(addresses);
  }

  /** Those of a node with this data directory. */
  static Seeds of(StartOptions.Membership membership, Path dataDirectory) {
    return of(membership, RememberedMembers.read(dataDirectory));
  }

  /**
   * @param remembered the others of the cluster that this node was last a member of; empty where it
   *     never was in one
   */
  static Seeds of(StartOptions.Membership membership, Optional<Set<String>> remembered) {
    String self = membership.address();
    if (membership.form()) {
      return new Seeds(List.of(self), false);
    }
    if (membership.discovery().isPresent()) {
      return new Seeds(List.of(), false);
    }
    if (!membership.hasRole(NodeRole.ENTITIES)) {
      return new Seeds(othersOf(membership, remembered), false);
    }
    if (remembered.isEmpty()) {
      return new Seeds(membership.seeds(), false);
    }
    List<String> addresses = othersOf(membership, remembered);
    boolean isFirst = membership.seeds().getFirst().equals(self);
    if (isFirst) {
      addresses.addFirst(self);
    }
    return new Seeds(addresses, isFirst && addresses.size() > 1);
  }

  private static List<String> othersOf(
      StartOptions.Membership membership, Optional<Set<String>> remembered) {
    Set<String> known = new LinkedHashSet<>(membership.seeds());
    remembered.ifPresent(known::addAll);
    known.remove(membership.address());
    return new ArrayList<>(known);
  }

  /** Whom it asks. */
  List<String> others(String self) {
    return addresses.stream().filter(address -> !address.equals(self)).toList();
  }

  /** What can be done for one that is not let in; empty where it has but to be asked longer. */
  String explanation() {
    if (addresses.isEmpty()) {
      return "no member of a cluster was found, nor enough nodes to found one; the log says which"
          + " were asked. If the others are gone for good, and none of them runs, start this one"
          + " once with --form";
    }
    return onlyTogether
        ? ". It was a member before, and founds no second cluster by itself, unless all of them"
            + " are started too and are in none; if they are gone for good, and none of them runs,"
            + " start it once with --form"
        : "";
  }
}
