package dev.muster.actors.runtime;

import dev.muster.journal.event.ReplicaId;
import java.util.List;

/**
 * What simulated replicas run, so that they outlive the JVM as those that are processes do: the
 * control plane is not the data plane, not in a simulation either.
 */
public interface SimulationLog extends AutoCloseable {
  /** Forgets everything with the JVM. */
  SimulationLog NONE =
      new SimulationLog() {
        @Override
        public List<RunningReplica> recall() {
          return List.of();
        }

        @Override
        public void started(RunningReplica replica) {}

        @Override
        public void ended(ReplicaId id) {}

        @Override
        public void close() {}
      };

  /** What ran when the log was opened. */
  List<RunningReplica> recall();

  void started(RunningReplica replica);

  void ended(ReplicaId id);

  @Override
  void close();
}
