package dev.muster.actors.runtime.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.event.ReplicaFailure.Kind;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodEndTest {
  private static Pod pod(UnaryOperator<PodStatusBuilder> status) {
    return new PodBuilder().withStatus(status.apply(new PodStatusBuilder()).build()).build();
  }

  private static Pod ended(int code, String reason, String message) {
    return pod(
        status ->
            status
                .withPhase(code == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withName("replica")
                .withState(
                    new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .endTerminated()
                        .build())
                .endContainerStatus());
  }

  private static Pod waiting(String reason) {
    return pod(
        status ->
            status
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName("replica")
                .withState(
                    new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage("of image x")
                        .endWaiting()
                        .build())
                .endContainerStatus());
  }

  private static Optional<Kind> kind(Pod pod) {
    return PodEnd.of(pod).map(failure -> failure.kind());
  }

  @ParameterizedTest
  @CsvSource({
    "0, Completed, EXITED",
    "5, Error, EXITED",
    "137, OOMKilled, OOM_KILLED",
    "137, Error, SIGNALED",
    "143, Error, SIGNALED",
    "12, Error, OOM_KILLED",
    "128, StartError, FAILED_TO_START"
  })
  void howTheContainerEndedIsTheCause(int code, String reason, Kind kind) {
    assertEquals(Optional.of(kind), kind(ended(code, reason, null)));
  }

  @Test
  void whatItPrintedLastIsTold() {
    assertEquals(
        Optional.of("exit code 5; its last line: no such table"),
        PodEnd.of(ended(5, "Error", "no such table\n")).orElseThrow().detail());
  }

  @ParameterizedTest
  @CsvSource({"Evicted", "NodeLost", "Shutdown", "Preempting"})
  void whatItsMachineDidIsTheMachines(String reason) {
    Pod pod =
        pod(status -> status.withPhase("Failed").withReason(reason).withMessage("low on disk"));
    assertEquals(Optional.of(Kind.HOST_LOST), kind(pod));
    assertEquals(Optional.of(reason + ": low on disk"), PodEnd.of(pod).orElseThrow().detail());
  }

  @Test
  void whatNeverCanStartIsNotWaitedFor() {
    assertEquals(Optional.of(Kind.FAILED_TO_START), kind(waiting("InvalidImageName")));
    assertEquals(Optional.empty(), kind(waiting("ImagePullBackOff")));
    assertEquals(
        Optional.of("ImagePullBackOff: of image x"), PodEnd.waitsFor(waiting("ImagePullBackOff")));
  }

  @Test
  void onePodWaitsForAPlace() {
    Pod pod =
        pod(
            status ->
                status
                    .withPhase("Pending")
                    .addNewCondition()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("Unschedulable")
                    .withMessage("0/3 nodes are available:\n3 Insufficient cpu.")
                    .endCondition());
    assertEquals(Optional.empty(), PodEnd.of(pod));
    assertEquals(
        Optional.of("Unschedulable: 0/3 nodes are available: 3 Insufficient cpu."),
        PodEnd.waitsFor(pod));
  }

  @Test
  void whatRunsHasNotEnded() {
    assertEquals(Optional.empty(), PodEnd.of(new Pod()));
    assertEquals(Optional.empty(), PodEnd.of(pod(status -> status.withPhase("Running"))));
  }
}
