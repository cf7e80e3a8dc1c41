package dev.muster.actors.simulation;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Utilization;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the users of each cluster make of it: so many cores and so much memory on every replica,
 * whatever its size, until they want something else. Hosts measure it and tell.
 */
final class Loads {
  private static final long MEASURE_MICROS = 400_000;
  private static final List<Double> CORES = List.of(0.2, 2.0, 3.5, 6.0, 13.0, 40.0);
  private static final List<Double> GIBIBYTES = List.of(0.1, 2.0, 6.0, 30.0);
  private static final double GIB = 1L << 30;

  /** The load of one cluster, and since when it is so. */
  private record Load(double cores, double gibibytes, long sinceMicros) {}

  private final World world;
  private final SplittableRandom random;
  private final Map<ClusterId, Load> loads = new HashMap<>();

  Loads(World world) {
    this.world = world;
    this.random = world.chance().lots();
    world.agenda().after(MEASURE_MICROS, this::measure);
  }

  /** Since when the load of a cluster is what it is. */
  long sinceMicros(ClusterId id) {
    return load(id).sinceMicros();
  }

  private Load load(ClusterId id) {
    return loads.computeIfAbsent(id, ignored -> next());
  }

  private Load next() {
    return new Load(
        Chance.one(random, CORES), Chance.one(random, GIBIBYTES), world.agenda().nowMicros());
  }

  /** Some users change their minds. */
  void change() {
    loads.replaceAll((id, load) -> random.nextInt(3) == 0 ? next() : load);
  }

  private void measure() {
    for (ClusterState state : world.journal().states().values()) {
      if (state instanceof ClusterState.Live live
          && live.managed().flatMap(Managed::sizeRange).isPresent()) {
        live.replicas().forEach(replica -> measure(live.id(), replica));
      }
    }
    world.agenda().after(MEASURE_MICROS, this::measure);
  }

  private void measure(ClusterId cluster, Replica replica) {
    ReplicaSize size = world.rules().sizes().find(replica.size()).orElseThrow();
    Load load = load(cluster);
    world
        .host(replica.zone())
        .tell(
            replica.id(),
            new RuntimeSignal.Utilized(
                replica.id(),
                new Utilization(
                    world.instant(),
                    load.cores() * 1e9 / size.totalCpuNanoCores(),
                    Math.min(1, load.gibibytes() * GIB / size.totalMemoryBytes()))));
  }
}
