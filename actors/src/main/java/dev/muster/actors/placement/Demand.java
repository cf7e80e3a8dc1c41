package dev.muster.actors.placement;

import dev.muster.api.size.ReplicaSize;

/** What a replica of a size takes of a host that runs it. */
@FunctionalInterface
public interface Demand {
  /** What the size catalogue says, of all of its processes. */
  Demand NOMINAL =
      size ->
          new Resources(
              size.cpuNanoCores() * size.processes(), size.memoryBytes() * size.processes());

  Resources of(ReplicaSize size);
}
