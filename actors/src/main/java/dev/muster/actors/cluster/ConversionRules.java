package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.api.command.ClusterCommand.Alter;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code SET (MANAGED)} on an unmanaged cluster: possible if and only if the replicas are {@code
 * r1..rN} and of one size. Names come first: when they are wrong they are reported even if sizes
 * differ too, as in the third example of the design of managed clusters.
 */
final class ConversionRules {
  private static final Pattern NAME = Pattern.compile("r[1-9][0-9]*");

  private ConversionRules() {}

  /**
   * The configuration that the replicas amount to, before the statement's other options: their
   * size, their number, and the settings of the first, anywhere.
   */
  static Managed converted(ClusterState.Live state, Alter alter) {
    List<Replica> replicas = state.replicas();
    namesMatch(replicas);
    Optional<String> size = commonSize(replicas);
    if (alter.replicationFactor() instanceof Patch.Set<Integer> factor) {
      rejectIf(
          factor.value() != replicas.size(),
          new Rejection.FactorDoesNotMatch(factor.value(), replicas.size()));
    }
    if (alter.size() instanceof Patch.Set<String> given) {
      rejectIf(
          size.filter(common -> !common.equals(given.value())).isPresent(),
          new Rejection.SizeDoesNotMatch(size.orElse(""), given.value()));
      size = Optional.of(given.value());
    }
    if (size.isEmpty() && alter.minSize() instanceof Patch.Set<String> smallest) {
      size = Optional.of(smallest.value());
    }
    return new Managed(
        size.orElseThrow(() -> new RejectedException(new Rejection.SizeNotGiven())),
        replicas.size(),
        List.of(),
        state.replica("r1").map(Replica::settings).orElse(ReplicaSettings.DEFAULT),
        new Schedule.Manual(),
        Optional.empty(),
        Optional.empty());
  }

  private static void namesMatch(List<Replica> replicas) {
    List<String> offPattern =
        replicas.stream().map(Replica::name).filter(name -> !NAME.matcher(name).matches()).toList();
    rejectIf(!offPattern.isEmpty(), new Rejection.NamesOffPattern(offPattern));
    Set<String> names = replicas.stream().map(Replica::name).collect(Collectors.toSet());
    IntStream.rangeClosed(1, replicas.size())
        .mapToObj(number -> "r" + number)
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            missing -> {
              throw new RejectedException(new Rejection.NameMissing(missing));
            });
  }

  private static Optional<String> commonSize(List<Replica> replicas) {
    List<String> sizes = replicas.stream().map(Replica::size).distinct().toList();
    rejectIf(sizes.size() > 1, new Rejection.SizesDiffer());
    return sizes.stream().findFirst();
  }
}
