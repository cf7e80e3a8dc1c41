package dev.muster.actors.runtime.process;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.journal.event.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs replicas as processes of this machine, as this package's description says. */
public final class ProcessRuntime implements ReplicaRuntime {
  private final ProcessSettings settings;
  private final ProcessTable table;
  private final Ports ports;
  private final Map<ReplicaId, ProcessSlot> slots = new ConcurrentHashMap<>();

  /**
   * What ran when this object was made, recorded or not: what a crash left behind can have been
   * started only before, for a data directory has one Muster at a time.
   */
  private final Map<ReplicaId, ReplicaProcess> leftBehind;

  public ProcessRuntime(ProcessSettings settings) {
    this.settings = settings;
    this.table = new ProcessTable(settings.dataDirectory(), settings.controlGroup());
    this.ports = new Ports(settings.portFirst(), settings.portLast());
    this.leftBehind =
        table.scan().stream()
            .collect(
                Collectors.toConcurrentMap(
                    ReplicaProcess::id,
                    Function.identity(),
                    // Two of one replica cannot be; were there, the newer is the one to keep.
                    (a, b) -> a.incarnation() >= b.incarnation() ? a : b));
    leftBehind.values().forEach(process -> ports.adopt(process.port()));
  }

  @Override
  public String name() {
    return "process";
  }

  /** Processes share the machine's CPUs; of memory each may use a part of its size's. */
  @Override
  public Demand demand() {
    return size ->
        new Resources(size.cpuNanoCores(), WorkloadEnvironment.memoryBytes(size, settings));
  }

  @Override
  public List<RunningReplica> inventory() {
    return table.scan().stream().map(ReplicaProcess::running).toList();
  }

  @Override
  public void find(ReplicaId id, RuntimeListener listener) {
    slot(id).find(listener);
  }

  @Override
  public void start(ReplicaOrder order, RuntimeListener listener) {
    slot(order.id()).start(order, listener);
  }

  @Override
  public void stop(ReplicaId id, RuntimeListener listener) {
    slot(id).stop(listener, () -> slots.remove(id));
  }

  @Override
  public void close() {
    slots.values().forEach(ProcessSlot::close);
  }

  private ProcessSlot slot(ReplicaId id) {
    return slots.computeIfAbsent(
        id, ignored -> new ProcessSlot(id, settings, table, ports, () -> leftBehind(id)));
  }

  private Optional<ReplicaProcess> leftBehind(ReplicaId id) {
    return Optional.ofNullable(leftBehind.remove(id)).filter(table::isAlive);
  }
}
