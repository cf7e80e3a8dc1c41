package dev.muster.deploy;

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
 * so.
 *
 * @param addresses {@code HOST:PORT}; a node that is the first of them may found a cluster
 * @param onlyTogether whether it waits for all others to be there before it founds one
 */
record Seeds(List<String> addresses, boolean onlyTogether) {
  Seeds {
    addresses = List.copyOf(addresses);
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
    if (remembered.isEmpty()) {
      return new Seeds(membership.seeds(), false);
    }
    Set<String> known = new LinkedHashSet<>(membership.seeds());
    known.addAll(remembered.get());
    known.remove(self);
    List<String> addresses = new ArrayList<>(known);
    boolean isFirst = membership.seeds().getFirst().equals(self);
    if (isFirst) {
      addresses.addFirst(self);
    }
    return new Seeds(addresses, isFirst && addresses.size() > 1);
  }

  /** What one that is not let in waits for, and what a human can do about it. */
  String explanation(String self) {
    List<String> others = addresses.stream().filter(address -> !address.equals(self)).toList();
    String waiting =
        "no member of the cluster lets this node in; asked: " + String.join(", ", others);
    return onlyTogether
        ? waiting
            + ". It was a member before, and founds no second cluster by itself, unless all of them"
            + " are started too and are in none; if they are gone for good, and none of them runs,"
            + " start it once with --form"
        : waiting;
  }
}
