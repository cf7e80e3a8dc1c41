package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.workload.ExitCause;
import dev.muster.journal.event.ReplicaFailure;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from a pod's status that it has ended, and why; and what a pod waits for. Pure. */
final class PodEnd {
  private static final String OUT_OF_MEMORY = "OOMKilled";

  /** What does not become right by waiting. */
  private static final Set<String> HOPELESS =
      Set.of("InvalidImageName", "CreateContainerConfigError", "ErrImageNeverPull");

  /** The machine's doing, not the replica's. */
  private static final Set<String> OF_THE_NODE =
      Set.of(
          "Evicted",
          "NodeLost",
          "NodeShutdown",
          "Shutdown",
          "Terminated",
          "Preempting",
          "NodeAffinity");

  private PodEnd() {}

  /** Why the replica does not run any more, and never will in this pod; empty where it may. */
  static Optional<ReplicaFailure> of(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    Optional<ReplicaFailure> ofContainer =
        container(status).flatMap(PodEnd::terminated).or(() -> hopeless(status));
    String phase = Objects.toString(status.getPhase(), "");
    boolean hasEnded = phase.equals("Failed") || phase.equals("Succeeded");
    if (OF_THE_NODE.contains(Objects.toString(status.getReason(), "")) && hasEnded) {
      return Optional.of(
          new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.of(described(status))));
    }
    if (ofContainer.isPresent() || !hasEnded) {
      return ofContainer;
    }
    return Optional.of(
        new ReplicaFailure(ReplicaFailure.Kind.FAILED_TO_START, Optional.of(described(status))));
  }

  /** When the replica ended, where that is known. */
  static Optional<Instant> at(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .flatMap(PodEnd::container)
        .map(ContainerStatus::getState)
        .map(state -> state.getTerminated())
        .map(ContainerStateTerminated::getFinishedAt)
        .map(Instant::parse);
  }

  /** What a pod waits for that does not run yet, in one line; empty where nothing is known. */
  static Optional<String> waitsFor(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    return container(status)
        .map(ContainerStatus::getState)
        .map(state -> state.getWaiting())
        .map(waiting -> line(waiting.getReason(), waiting.getMessage()))
        .or(
            () ->
                conditions(status)
                    .filter(condition -> "PodScheduled".equals(condition.getType()))
                    .filter(condition -> "False".equals(condition.getStatus()))
                    .map(condition -> line(condition.getReason(), condition.getMessage()))
                    .findFirst());
  }

  private static Optional<ReplicaFailure> terminated(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(state -> state.getTerminated())
        .map(PodEnd::failure);
  }

  private static ReplicaFailure failure(ContainerStateTerminated terminated) {
    Optional<String> message =
        Optional.ofNullable(terminated.getMessage())
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    if ("StartError".equals(terminated.getReason())
        || "ContainerCannotRun".equals(terminated.getReason())) {
      return new ReplicaFailure(
          ReplicaFailure.Kind.FAILED_TO_START,
          Optional.of(line(terminated.getReason(), message.orElse(null))));
    }
    return ExitCause.of(
        terminated.getExitCode(), true, OUT_OF_MEMORY.equals(terminated.getReason()), message);
  }

  private static Optional<ReplicaFailure> hopeless(PodStatus status) {
    return container(status)
        .map(ContainerStatus::getState)
        .map(state -> state.getWaiting())
        .filter(waiting -> HOPELESS.contains(Objects.toString(waiting.getReason(), "")))
        .map(
            waiting ->
                new ReplicaFailure(
                    ReplicaFailure.Kind.FAILED_TO_START,
                    Optional.of(line(waiting.getReason(), waiting.getMessage()))));
  }

  private static Optional<ContainerStatus> container(PodStatus status) {
    return Optional.ofNullable(status.getContainerStatuses()).orElse(List.of()).stream()
        .filter(container -> ReplicaPod.CONTAINER.equals(container.getName()))
        .findFirst();
  }

  private static Stream<PodCondition> conditions(PodStatus status) {
    return Optional.ofNullable(status.getConditions()).orElse(List.of()).stream();
  }

  private static String described(PodStatus status) {
    return line(status.getReason(), status.getMessage());
  }

  private static String line(String reason, String message) {
    String text =
        Stream.of(reason, message)
            .filter(Objects::nonNull)
            .map(part -> part.replaceAll("\\s+", " ").strip())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(": "));
    return text.isEmpty() ? "no reason given" : text;
  }
}
