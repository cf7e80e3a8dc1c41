package dev.muster.journal.history;

import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What may happen next to the environment. */
final class EnvironmentEvents {
  private EnvironmentEvents() {}

  static EnvironmentEvent possible(EnvironmentState state, Random random) {
    if (state.environmentId().isEmpty()) {
      return new EnvironmentEvent.EnvironmentInitialized(Values.text(random));
    }
    List<EnvironmentEvent> events = new ArrayList<>();
    events.add(creation(state, random));
    events.add(role(state, random));
    state.roles().keySet().stream()
        .sorted()
        .skip(state.roles().isEmpty() ? 0 : random.nextInt(state.roles().size()))
        .findFirst()
        .ifPresent(
            role ->
                events.add(
                    new EnvironmentEvent.RoleCommentChanged(
                        role, Values.maybe(random, Values.text(random)))));
    String zone = Values.zone(random);
    events.add(
        state.zoneOutages().containsKey(zone)
            ? new EnvironmentEvent.ZoneBroughtBack(zone)
            : new EnvironmentEvent.ZoneTakenOut(zone, Values.maybe(random, Values.text(random))));
    Optional<String> limit =
        Optional.ofNullable(state.parameters().get("max_credit_consumption_rate"));
    events.add(
        new EnvironmentEvent.SystemParameterChanged(
            "max_credit_consumption_rate",
            limit,
            Values.maybe(random, Integer.toString(random.nextInt(100)))));
    List<ClusterEntry> clusters =
        state.clusters().values().stream().sorted(Comparator.comparing(ClusterEntry::id)).toList();
    if (!clusters.isEmpty()) {
      events.addAll(ofClusters(state, clusters, random));
    }
    state.dropping().stream()
        .sorted()
        .findFirst()
        .ifPresent(id -> events.add(new EnvironmentEvent.ClusterDropFinished(id)));
    if (!state.replicaDrops().isEmpty()) {
      events.add(
          new EnvironmentEvent.ReplicaDropFinished(
              state.replicaDrops().stream().sorted().toList()));
    }
    return Values.one(random, events);
  }

  private static List<EnvironmentEvent> ofClusters(
      EnvironmentState state, List<ClusterEntry> clusters, Random random) {
    List<EnvironmentEvent> events = new ArrayList<>();
    ClusterEntry one = Values.one(random, clusters);
    ClusterEntry other = Values.one(random, clusters);
    events.add(
        new EnvironmentEvent.ChainsCheckpointed(
            List.of(new ChainHead(one.id(), 1 + random.nextInt(9), Values.text(random)))));
    events.add(
        new EnvironmentEvent.ClusterOwnerChanged(one.id(), one.owner(), Values.text(random)));
    events.add(
        new EnvironmentEvent.ReplicaDropStarted(
            List.of(ReplicaId.of(one.id(), 1 + random.nextInt(9)))));
    events.add(
        new EnvironmentEvent.ClusterNamesChanged(
            one.equals(other)
                ? List.of(new NameChange(one.id(), one.name(), freshName(state, random)))
                : swap(one, other)));
    events.add(
        new EnvironmentEvent.ClusterDropStarted(
            one.equals(other) ? List.of(one.id()) : List.of(one.id(), other.id())));
    if (one.creating().isPresent()) {
      events.add(new EnvironmentEvent.ClusterCreationFinished(one.id()));
    }
    return events;
  }

  private static List<NameChange> swap(ClusterEntry one, ClusterEntry other) {
    return List.of(
        new NameChange(one.id(), one.name(), other.name()),
        new NameChange(other.id(), other.name(), one.name()));
  }

  private static EnvironmentEvent creation(EnvironmentState state, Random random) {
    ClusterId id =
        random.nextInt(8) == 0
            ? ClusterId.system(state.lastSystemId() + 1)
            : ClusterId.user(state.lastUserId() + 1);
    return new EnvironmentEvent.ClusterCreationStarted(
        id,
        freshName(state, random),
        Values.text(random),
        Values.configuration(random),
        Values.plans(random));
  }

  private static EnvironmentEvent role(EnvironmentState state, Random random) {
    String name = Values.text(random);
    while (state.role(name).isPresent()) {
      name += "'";
    }
    return new EnvironmentEvent.RoleCreated(
        "u" + (1 + state.roles().size()),
        name,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static String freshName(EnvironmentState state, Random random) {
    String name = Values.text(random);
    while (state.cluster(name).isPresent()) {
      name += "'";
    }
    return name;
  }
}
