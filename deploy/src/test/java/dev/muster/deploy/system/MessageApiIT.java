package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterClients;
import dev.muster.actors.client.ClientOptions;
import dev.muster.api.MusterClient;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.command.WaitPolicy;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * This JVM as a client of three nodes, and nodes in roles: {@code mvn -Pnodes verify}. One
 * installation for all tests, in their order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MessageApiIT {
  private static final Origin ORIGIN =
      new Origin("materialize", Optional.empty(), Optional.of("test"), Optional.empty());
  private static final int CLUSTERS = 6;

  private static LocalCluster cluster;
  private static MusterClient muster;
  private static Seen seen;

  @RegisterExtension static final SharedNodes INSTALLATION = new SharedNodes();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = INSTALLATION.start(3, "", "--runtime=simulated");
    muster =
        MusterClients.connect(
            new ClientOptions(
                cluster.addresses(),
                "127.0.0.1",
                0,
                Duration.ofSeconds(60),
                ConfigFactory.parseString("pekko.loglevel = WARNING")));
  }

  @AfterAll
  static void stop() {
    if (muster != null) {
      muster.close();
    }
  }

  /** What a watch has told. */
  private static final class Seen implements Flow.Subscriber<Change> {
    private final ConcurrentLinkedQueue<Change> changes = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Change change) {
      changes.add(change);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      ended.countDown();
    }

    @Override
    public void onComplete() {
      ended.countDown();
    }

    List<Long> of(ClusterId id) {
      return changes.stream()
          .filter(change -> change instanceof Change.OfCluster of && of.cluster().equals(id))
          .map(Change::sequenceNumber)
          .toList();
    }

    List<Long> ofEnvironment() {
      return changes.stream()
          .filter(Change.OfEnvironment.class::isInstance)
          .map(Change::sequenceNumber)
          .toList();
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  private static ClusterId id(String name) throws Exception {
    return await(muster.names()).cluster(name).orElseThrow().id();
  }

  private static void comment(ClusterId id, String text) {
    Await.until(
        "the comment is done",
        () ->
            await(
                    muster.cluster(
                        id,
                        new ClusterCommand.CommentOn(Optional.empty(), Optional.of(text)),
                        ORIGIN))
                instanceof Reply.Done);
  }

  @Test
  @Order(1)
  void aClientChangesClustersAndReadsWhatWasAcknowledgedAnywhere() throws Exception {
    seen = new Seen();
    WatchPosition before = await(muster.position());
    muster.watch(Watch.all().after(before)).subscribe(seen);
    for (int i = 0; i < CLUSTERS; i++) {
      cluster.sql(i % 3, "CREATE CLUSTER c" + i + " (SIZE = '25cc', REPLICATION FACTOR = 1)");
      assertTrue(await(muster.names()).cluster("c" + i).isPresent());
    }
    assertInstanceOf(
        Reply.Done.class,
        await(
            muster.cluster(
                id("c0"),
                new ClusterCommand.CommentOn(Optional.empty(), Optional.of("by message")),
                ORIGIN)));
    assertEquals(
        List.of("by message"),
        cluster.sql(2, "SELECT comment FROM mz_internal.mz_comments WHERE comment = 'by message'"));
    assertEquals(List.of("c0"), cluster.sql(1, "SELECT name FROM mz_clusters WHERE name = 'c0'"));
    assertFalse(cluster.status().contains("Unreachable"), cluster.status());
  }

  /** Rules, hosts and zones are the nodes' to know; what a plan says is what happens. */
  @Test
  @Order(2)
  void aClientIsToldWhatACommandWouldDo() throws Exception {
    ClusterId c0 = id("c0");
    Explanation.Planned resized =
        assertInstanceOf(Explanation.Planned.class, await(muster.explain(c0, factor(2), ORIGIN)));
    assertEquals(
        List.of("r2"),
        resized.phases().getFirst().added().stream()
            .map(Explanation.PlannedReplica::name)
            .toList());
    assertEquals(
        new Explanation.Refused(new Rejection.ClusterUnknown("nobody")),
        await(
            muster.explain(new EnvironmentCommand.DropClusters(List.of("nobody"), false), ORIGIN)));

    assertInstanceOf(Reply.Done.class, await(muster.cluster(c0, factor(2), ORIGIN)));
    assertEquals(
        List.of(resized.phases().getFirst().added().getFirst().zone()),
        cluster.sql(
            1,
            "SELECT availability_zone FROM mz_cluster_replicas WHERE name = 'r2' AND cluster_id = '"
                + c0
                + "'"));
  }

  private static ClusterCommand factor(int factor) {
    return new ClusterCommand.Alter(
        Optional.empty(),
        Patch.keep(),
        Patch.set(factor),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        new WaitPolicy.Unspecified());
  }

  /** A node dies while others watch: every change is told once, in order, with none left out. */
  @Test
  @Order(3)
  void aWatchOutlivesTheNodeOfItsClusters() throws Exception {
    cluster.kill9(0);
    Map<ClusterId, Integer> comments = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < CLUSTERS; i++) {
        ClusterId id = id("c" + i);
        comment(id, "round " + round);
        comments.merge(id, 1, Integer::sum);
      }
    }
    for (ClusterId id : comments.keySet()) {
      long last = await(muster.catalog()).clusters().get(id).sequenceNumber();
      Await.until("all of " + id + " is told", () -> seen.of(id).size() >= last);
      assertEquals(
          LongStream.rangeClosed(1, seen.of(id).size()).boxed().toList(), seen.of(id), id.value());
    }
    List<Long> environment = seen.ofEnvironment();
    assertEquals(
        LongStream.range(environment.getFirst(), environment.getFirst() + environment.size())
            .boxed()
            .toList(),
        environment);
  }

  @Test
  @Order(4)
  void theWatchOfAClusterEndsWithItsDrop() throws Exception {
    Seen one = new Seen();
    muster.watch(Watch.of(id("c5"))).subscribe(one);
    cluster.sql(1, "ALTER CLUSTER c5 RENAME TO c6");
    cluster.sql(2, "DROP CLUSTER c6");

    assertTrue(one.ended.await(60, TimeUnit.SECONDS));
    assertTrue(
        one.changes.stream()
            .anyMatch(change -> change.recorded().event().toString().startsWith("ClusterDropped")));
  }

  /** It answers SQL for all, and has no clusters. */
  @Test
  @Order(5)
  void aNodeThatIsOnlyAFrontDoorServes() throws Exception {
    cluster.restart(0, List.of("--roles=doors"), Optional.empty());
    Await.until("it serves", () -> cluster.names(0).contains("c1"));

    assertTrue(cluster.alterAndSee(0, "c1"));
  }
}
