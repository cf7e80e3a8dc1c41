package dev.muster.actors.runtime.kubernetes;

import static dev.muster.actors.runtime.kubernetes.KubernetesBench.id;
import static dev.muster.actors.runtime.kubernetes.KubernetesBench.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.testing.Heard;
import dev.muster.journal.event.ReplicaFailure.Kind;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An API that refuses, or does not answer. */
@EnableKubernetesMockClient(https = false)
final class RefusalTest {
  private static final ReplicaId ID = id(1);
  private static final String PODS = "/api/v1/namespaces/test/pods";
  private static final String POD = PODS + "/muster-replica-u1-1";

  KubernetesMockServer server;
  KubernetesClient client;

  /** As each Muster has one. */
  private KubernetesClient own() {
    return KubernetesRuntime.client(client.getConfiguration());
  }

  private final Heard heard = new Heard();

  @Test
  void aPodThatIsNotAllowedFailsToStartWithTheReason() throws Exception {
    server
        .expect()
        .post()
        .withPath(PODS)
        .andReturn(
            403, new StatusBuilder().withCode(403).withMessage("exceeded quota: cpu=20").build())
        .always();
    try (var runtime = new KubernetesRuntime(KubernetesBench.settings(1), List.of("az1"), own())) {
      runtime.start(order(ID, 4), heard);
      RuntimeSignal.Ended end = heard.next(RuntimeSignal.Ended.class);
      assertEquals(4, end.incarnation());
      assertEquals(Kind.FAILED_TO_START, end.failure().kind());
      assertTrue(
          end.failure().detail().orElseThrow().contains("exceeded quota: cpu=20"),
          end.failure().toString());
    }
  }

  @Test
  void whileTheApiDoesNotKnowNothingIsSaidOfTheReplica() throws Exception {
    server.expect().get().withPath(POD).andReturn(503, "away").times(4);
    try (var runtime = new KubernetesRuntime(KubernetesBench.settings(1), List.of("az1"), own())) {
      runtime.find(ID, heard);
      // When it answers again, that there is none.
      heard.next(RuntimeSignal.NotRunning.class);
      assertTrue(heard.signals.isEmpty());
    }
  }
}
