package dev.muster.actors.runtime.kubernetes;

import static dev.muster.actors.runtime.kubernetes.KubernetesBench.id;
import static dev.muster.actors.runtime.kubernetes.KubernetesBench.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.workload.WatchSettings;
import dev.muster.actors.testing.Heard;
import dev.muster.journal.event.ReplicaFailure.Kind;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Against an API that keeps what it is given; the test plays the kubelet. */
@EnableKubernetesMockClient(crud = true, https = false)
final class KubernetesRuntimeTest {
  private static final ReplicaId ID = id(1);
  private static final String ADDRESS = "127.0.0.1";

  /** Set by the extension, as one that a test cannot close too early. */
  KubernetesClient client;

  private final Heard heard = new Heard();
  private final List<KubernetesRuntime> made = new ArrayList<>();
  private PodWorkload workload;

  @BeforeEach
  void startWorkload() throws IOException {
    workload = new PodWorkload(ADDRESS, 0);
  }

  @AfterEach
  void close() {
    made.forEach(KubernetesRuntime::close);
    workload.close();
  }

  private KubernetesRuntime runtime() {
    return runtime(KubernetesBench.settings(workload.port()), "az1", "az2");
  }

  /** With a client of its own, as each Muster has. */
  private KubernetesRuntime runtime(KubernetesSettings settings, String... zones) {
    KubernetesRuntime runtime =
        new KubernetesRuntime(
            settings, List.of(zones), KubernetesRuntime.client(client.getConfiguration()));
    made.add(runtime);
    return runtime;
  }

  private PodResource resource(ReplicaId id) {
    return client.pods().inNamespace("test").withName("muster-replica-" + id);
  }

  private Pod awaitPod(ReplicaId id) {
    return resource(id).waitUntilCondition(pod -> pod != null, 60, TimeUnit.SECONDS);
  }

  private void becomes(ReplicaId id, PodStatusBuilder status) {
    resource(id).editStatus(pod -> new PodBuilder(pod).withStatus(status.build()).build());
  }

  private static PodStatusBuilder running() {
    return new PodStatusBuilder().withPhase("Running").withPodIP(ADDRESS);
  }

  private static PodStatusBuilder ended(int code, String reason) {
    return new PodStatusBuilder()
        .withPhase("Failed")
        .addNewContainerStatus()
        .withName("replica")
        .withState(
            new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .endTerminated()
                .build())
        .endContainerStatus();
  }

  /** A replica that serves. */
  private KubernetesRuntime serving() throws InterruptedException {
    KubernetesRuntime runtime = runtime();
    runtime.start(order(ID, 1), heard);
    awaitPod(ID);
    workload.hydrate();
    becomes(ID, running());
    assertEquals(1, heard.next(RuntimeSignal.Started.class).incarnation());
    heard.next(RuntimeSignal.Hydrated.class);
    return runtime;
  }

  @Test
  void aReplicaAnswersAndThenHydrates() throws Exception {
    KubernetesRuntime runtime = runtime();
    runtime.start(order(ID, 1), heard);
    awaitPod(ID);
    becomes(ID, running());
    heard.next(RuntimeSignal.Started.class);
    workload.hydrate();
    RuntimeSignal.Hydrated hydrated = heard.next(RuntimeSignal.Hydrated.class);
    assertEquals(3, hydrated.objects());
    assertEquals(1000, hydrated.peakMemoryBytes());
    assertEquals(Optional.of(8L << 30), hydrated.memoryLimitBytes());
    assertNotNull(heard.observations.poll(60, TimeUnit.SECONDS));
    assertEquals(List.of(new RunningReplica(ID, 1, "az1", 0)), runtime.inventory());
  }

  @Test
  void theNextMusterAdoptsThePodAndDoesNotRestartIt() throws Exception {
    serving().close();
    String uid = resource(ID).get().getMetadata().getUid();
    Heard again = new Heard();
    runtime().start(order(ID, 2), again);
    assertEquals(1, again.next(RuntimeSignal.Started.class).incarnation());
    again.next(RuntimeSignal.Hydrated.class);
    assertEquals(uid, resource(ID).get().getMetadata().getUid());
  }

  /** Several times: which of them is first is left to chance. */
  @RepeatedTest(4)
  void twoMustersThatStartTheSameReplicaHaveOnePod() throws Exception {
    Heard other = new Heard();
    runtime().start(order(ID, 1), heard);
    runtime().start(order(ID, 1), other);
    awaitPod(ID);
    becomes(ID, running());
    heard.next(RuntimeSignal.Started.class);
    other.next(RuntimeSignal.Started.class);
    assertEquals(1, client.pods().inNamespace("test").list().getItems().size());
  }

  @Test
  void whatDoesNotRunIsNotFound() throws Exception {
    runtime().find(ID, heard);
    heard.next(RuntimeSignal.NotRunning.class);
  }

  @Test
  void theCauseOfItsEndIsTold() throws Exception {
    serving();
    becomes(ID, ended(137, "OOMKilled"));
    RuntimeSignal.Ended end = heard.next(RuntimeSignal.Ended.class);
    assertEquals(Kind.OOM_KILLED, end.failure().kind());
    assertEquals(1, end.incarnation());
  }

  @Test
  void whatHasEndedIsGoneBeforeItsSuccessorBegins() throws Exception {
    KubernetesRuntime runtime = serving();
    String uid = resource(ID).get().getMetadata().getUid();
    becomes(ID, ended(1, "Error"));
    heard.next(RuntimeSignal.Ended.class);
    assertNull(resource(ID).get());
    runtime.start(order(ID, 2), heard);
    awaitPod(ID);
    becomes(ID, running());
    assertEquals(2, heard.next(RuntimeSignal.Started.class).incarnation());
    assertNotEquals(uid, resource(ID).get().getMetadata().getUid());
  }

  @Test
  void ofOneThatEndedWhileNobodyWatchedTheCauseIsTold() throws Exception {
    serving().close();
    becomes(ID, ended(1, "Error"));
    Heard again = new Heard();
    KubernetesRuntime next = runtime();
    next.find(ID, again);
    RuntimeSignal.Ended end = again.next(RuntimeSignal.Ended.class);
    assertEquals(Kind.EXITED, end.failure().kind());
    assertEquals(1, end.incarnation());
    next.start(order(ID, 2), again);
    resource(ID)
        .waitUntilCondition(
            pod -> pod != null && ReplicaPod.incarnation(pod) == 2, 60, TimeUnit.SECONDS);
    becomes(ID, running());
    assertEquals(2, again.next(RuntimeSignal.Started.class).incarnation());
  }

  @Test
  void aPodThatSomebodyElseDeletesIsLost() throws Exception {
    serving();
    resource(ID).delete();
    assertEquals(Kind.HOST_LOST, heard.next(RuntimeSignal.Ended.class).failure().kind());
  }

  @Test
  void aHungReplicaIsEnded() throws Exception {
    serving();
    workload.hang();
    RuntimeSignal.Ended ended = heard.next(RuntimeSignal.Ended.class);
    assertEquals(Kind.UNRESPONSIVE, ended.failure().kind());
    // Two more questions were given up after the first, from which on it counts as down.
    Instant since = ended.occurredAt().orElseThrow();
    Duration question =
        KubernetesBench.WATCH.livenessTimeout().plus(KubernetesBench.WATCH.livenessInterval());
    assertFalse(since.plus(question.multipliedBy(2)).isAfter(Instant.now()), since::toString);
    assertNull(resource(ID).get());
  }

  @Test
  void aPodWithoutAPlaceIsGivenUpWithTheReason() throws Exception {
    var impatient =
        new WatchSettings(
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            3);
    runtime(KubernetesBench.settings(workload.port(), "muster", impatient, Optional.empty()), "az1")
        .start(order(ID, 1), heard);
    awaitPod(ID);
    becomes(
        ID,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("3 Insufficient cpu")
            .endCondition());
    RuntimeSignal.Ended end = heard.next(RuntimeSignal.Ended.class);
    assertEquals(Kind.FAILED_TO_START, end.failure().kind());
    assertTrue(
        end.failure().detail().orElseThrow().contains("3 Insufficient cpu"),
        end.failure().toString());
  }

  @Test
  void stoppingLeavesNothing() throws Exception {
    KubernetesRuntime runtime = serving();
    runtime.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    assertNull(resource(ID).get());
    assertEquals(List.of(), runtime.inventory());
    runtime.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
  }

  @Test
  void theInventoryIsOfTheOwnZonesAndTheOwnInstallation() throws Exception {
    KubernetesRuntime first = runtime(KubernetesBench.settings(workload.port()), "az1");
    KubernetesRuntime second = runtime(KubernetesBench.settings(workload.port()), "az2");
    KubernetesRuntime other =
        runtime(
            KubernetesBench.settings(
                workload.port(), "other", KubernetesBench.WATCH, Optional.empty()),
            "az1");
    first.start(order(id(1), 1, "az1"), heard);
    second.start(order(id(2), 1, "az2"), heard);
    awaitPod(id(1));
    awaitPod(id(2));
    assertEquals(List.of(new RunningReplica(id(1), 1, "az1", 0)), first.inventory());
    assertEquals(List.of(new RunningReplica(id(2), 1, "az2", 0)), second.inventory());
    assertEquals(List.of(), other.inventory());
  }

  @Test
  void closingLeavesPodsRunning() throws Exception {
    serving().close();
    assertNotNull(resource(ID).get());
  }
}
