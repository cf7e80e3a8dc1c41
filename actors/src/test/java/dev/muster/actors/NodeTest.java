package dev.muster.actors;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.createUnmanaged;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.testing.TestNode;
import dev.muster.api.command.EnvironmentCommand.CreateCluster;
import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.command.EnvironmentCommand.DropReplicas;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Notice;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entities under real sharding on a real journal. */
class NodeTest {
  private static final Reply DONE = new Reply.Done();

  @TempDir Path directory;
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start(directory, "muster.entities.report-delay = 1 ms");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void restart() {
    node.close();
    start();
  }

  private void eventually(Runnable assertion) {
    TestProbe.create(node.system())
        .awaitAssert(
            java.time.Duration.ofSeconds(20),
            () -> {
              assertion.run();
              return null;
            });
  }

  private Set<String> names(String cluster) {
    return node.cluster(cluster).replicas().stream().map(Replica::name).collect(Collectors.toSet());
  }

  private Set<ReplicaId> allReplicas() {
    return node.catalog().clusters().values().stream()
        .map(published -> (ClusterState.Live) published.state())
        .flatMap(live -> live.replicas().stream())
        .map(Replica::id)
        .collect(Collectors.toSet());
  }

  @Test
  void aFreshEnvironmentHasItsFirstClustersAndRoles() {
    EnvironmentState names = TestNode.await(node.muster().names());
    assertEquals(ClusterId.user(1), names.cluster("quickstart").orElseThrow().id());
    assertEquals(ClusterId.system(1), names.cluster("mz_system").orElseThrow().id());
    assertEquals(ClusterId.system(2), names.cluster("mz_catalog_server").orElseThrow().id());
    assertEquals(Set.of("mz_system", "mz_support", "materialize"), names.roles().keySet());
    eventually(() -> assertEquals(Set.of("r1"), names("quickstart")));
  }

  @Test
  void whatIsAcknowledgedIsReadAtOnce() {
    assertEquals(DONE, node.ask(create("c", managed("small", 2))));
    assertEquals(Set.of("r1", "r2"), names("c"));
    assertEquals(DONE, node.ask("c", alter().factor(3).build()));
    assertEquals(Set.of("r1", "r2", "r3"), names("c"));
    assertEquals(DONE, node.ask(new DropClusters(List.of("c"), false)));
    assertTrue(node.catalog().environment().state().cluster("c").isEmpty());
  }

  @Test
  void aRestartFindsEverythingAsItWas() {
    node.ask(create("c", managed("small", 2)));
    node.ask("c", alter().factor(3).build());
    node.ask(create("gone", managed("small", 1)));
    node.ask(new DropClusters(List.of("gone"), false));
    List<ReplicaId> before = node.cluster("c").replicas().stream().map(Replica::id).toList();
    restart();
    assertEquals(before, node.cluster("c").replicas().stream().map(Replica::id).toList());
    assertTrue(node.catalog().environment().state().cluster("gone").isEmpty());
    eventually(() -> assertEquals(allReplicas(), node.supervisors().running()));
  }

  @Test
  void eachReplicaHasOneSupervisorAndADroppedOneNone() {
    node.ask(create("c", managed("small", 3)));
    eventually(() -> assertEquals(allReplicas(), node.supervisors().running()));
    node.ask("c", alter().factor(1).build());
    eventually(() -> assertEquals(allReplicas(), node.supervisors().running()));
    node.ask(new DropClusters(List.of("c"), false));
    eventually(() -> assertEquals(allReplicas(), node.supervisors().running()));
  }

  @Test
  void aSupervisorThatStopsUnaskedIsReplaced() {
    node.ask(create("c", managed("small", 1)));
    eventually(() -> assertEquals(allReplicas(), node.supervisors().running()));
    ReplicaId id = node.cluster("c").replicas().getFirst().id();
    long incarnation = node.cluster("c").replicas().getFirst().progress().incarnation();
    node.supervisors().kill(id);
    eventually(
        () ->
            assertTrue(
                node.cluster("c").replicas().getFirst().progress().incarnation() > incarnation));
  }

  @Test
  void ofManyCreatesOfOneNameExactlyOneSucceeds() {
    List<CompletionStage<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(node.muster().environment(create("c", managed("small", 1)), TestNode.ALICE));
    }
    List<Reply> answers = replies.stream().map(TestNode::await).toList();
    assertEquals(1, answers.stream().filter(DONE::equals).count());
    assertEquals(
        19,
        answers.stream()
            .filter(new Reply.Refused(new Rejection.ClusterExists("c"))::equals)
            .count());
  }

  @Test
  void ifNotExistsIsAnsweredOnlyWhenTheClusterCanBeUsed() {
    CreateCluster create =
        new CreateCluster("c", "materialize", managed("small", 1), List.of(), true);
    CompletionStage<Reply> first = node.muster().environment(create, TestNode.ALICE);
    CompletionStage<Reply> second = node.muster().environment(create, TestNode.ALICE);
    assertEquals(
        new Reply.Done(List.of(new Notice.ClusterAlreadyExists("c"))), TestNode.await(second));
    assertEquals(Set.of("r1"), names("c"));
    assertEquals(DONE, TestNode.await(first));
  }

  @Test
  void replicasOfSeveralClustersAreDroppedByOneStatement() {
    node.ask(createUnmanaged("c", plan("a", "small"), plan("b", "small")));
    node.ask(createUnmanaged("d", plan("a", "small"), plan("b", "small")));
    ReplicaId ca = node.cluster("c").replica("a").orElseThrow().id();
    ReplicaId db = node.cluster("d").replica("b").orElseThrow().id();
    assertEquals(DONE, node.ask(new DropReplicas(List.of(ca, db))));
    assertEquals(Set.of("b"), names("c"));
    assertEquals(Set.of("a"), names("d"));
    assertTrue(node.catalog().environment().state().replicaDrops().isEmpty());
  }

  @Test
  void dropOfSeveralIsAllOrNone() {
    node.ask(create("c", managed("small", 1)));
    assertEquals(
        new Reply.Refused(new Rejection.ClusterUnknown("nobody")),
        node.ask(new DropClusters(List.of("c", "nobody"), false)));
    assertEquals(Set.of("r1"), names("c"));
  }

  @Test
  void aCommandToAClusterThatIsNotThereIsRefused() {
    Reply reply =
        TestNode.await(
            node.muster().cluster(ClusterId.user(999), alter().factor(1).build(), TestNode.ALICE));
    assertEquals(new Reply.Refused(new Rejection.ClusterGone()), reply);
  }

  @Test
  void aReconfigurationGoesOnAfterARestartAndWhoAsksIsToldItsEnd() {
    node.ask(create("c", managed("small", 2)));
    node.supervisors().holdBack("medium");
    Reply reply = node.ask("c", alter().size("medium").build());
    ReconfigurationHandle handle = assertInstanceOf(Reply.Underway.class, reply).reconfiguration();
    assertEquals(Set.of("r1", "r2", "r1-pending", "r2-pending"), names("c"));
    restart();
    ClusterId id = node.id("c");
    Optional<ReconfigurationProgress> seen = Optional.empty();
    do {
      seen = Optional.of(TestNode.await(node.muster().progress(id, handle, seen)));
    } while (seen.get() instanceof ReconfigurationProgress.Hydrating);
    assertEquals(Optional.of(new ReconfigurationProgress.Finished(true)), seen);
    assertEquals(Set.of("r1", "r2"), names("c"));
    assertEquals(managed("medium", 2), node.cluster("c").configuration());
  }

  @Test
  void whatIsExplainedIsNotDone() {
    node.ask(create("c", managed("small", 1)));
    Explanation explanation =
        TestNode.await(
            node.muster().explain(node.id("c"), alter().factor(3).build(), TestNode.ALICE));
    Explanation.Phase phase =
        assertInstanceOf(Explanation.Planned.class, explanation).phases().getFirst();
    assertEquals(2, phase.added().size());
    assertEquals(Set.of("r1"), names("c"));
    assertEquals(
        new Explanation.Refused(new Rejection.ClusterExists("c")),
        TestNode.await(node.muster().explain(create("c", managed("small", 1)), TestNode.ALICE)));
  }

  @Test
  void idsAreNeverUsedAgain() {
    Set<ClusterId> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(Reply.Done.class, node.ask(create("c", managed("small", 1))));
      assertTrue(seen.add(node.id("c")));
      node.ask(new DropClusters(List.of("c"), false));
      restart();
    }
  }
}
