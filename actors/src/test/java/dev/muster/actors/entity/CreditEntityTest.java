package dev.muster.actors.entity;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.cluster.CreditLimit;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.command.EnvironmentCommand.SetSystemParameter;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.command.SystemParameter;
import dev.muster.journal.event.ClusterId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code max_credit_consumption_rate}, by entities that decide at the same instant. */
class CreditEntityTest {
  private static final Reply DONE = new Reply.Done();
  private static final int CLUSTERS = 6;

  /** Of three clusters of one "small" replica, beside those that are there from the start. */
  private BigDecimal threeMore;

  private EntityHarness harness;
  private final List<ClusterId> clusters = new ArrayList<>();

  @BeforeEach
  void start() {
    harness = new EntityHarness();
    harness.startEnvironment();
    for (int each = 0; each < CLUSTERS; each++) {
      assertEquals(DONE, harness.ask(create("c" + each, managed("small", 0))));
      clusters.add(
          harness.catalog.snapshot().environment().state().cluster("c" + each).orElseThrow().id());
    }
    threeMore = rate().add(new BigDecimal(6));
    limit(Optional.of(threeMore.toPlainString()));
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private void limit(Optional<String> value) {
    assertEquals(
        DONE,
        harness.ask(new SetSystemParameter(SystemParameter.MAX_CREDIT_CONSUMPTION_RATE, value)));
  }

  private BigDecimal rate() {
    CatalogSnapshot snapshot = harness.catalog.snapshot();
    return snapshot.clusters().values().stream()
        .map(published -> CreditLimit.rate(published.state()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<Reply> atOnce(int factor) {
    TestProbe<Answer> probe = harness.kit.createTestProbe();
    for (ClusterId id : clusters) {
      harness
          .cluster(id)
          .tell(
              new ClusterMessage.Execute(
                  alter().factor(factor).build(),
                  EntityHarness.ALICE,
                  harness.clock.next(),
                  Long.MAX_VALUE,
                  0,
                  probe.getRef()));
    }
    return clusters.stream().map(id -> probe.receiveMessage(EntityHarness.BOUND).reply()).toList();
  }

  @Test
  void statementsAtTheSameInstantNeverPassTheLimitTogether() {
    List<Reply> replies = atOnce(1);
    assertEquals(3, replies.stream().filter(DONE::equals).count(), replies.toString());
    assertEquals(0, threeMore.compareTo(rate()), rate().toString());
    Reply.Refused refused =
        replies.stream()
            .filter(Reply.Refused.class::isInstance)
            .map(Reply.Refused.class::cast)
            .findFirst()
            .orElseThrow();
    Rejection.CreditRateExceeded much =
        assertInstanceOf(Rejection.CreditRateExceeded.class, refused.rejection());
    assertEquals(0, threeMore.compareTo(much.limit()));
  }

  @Test
  void whatIsGivenBackCanBeHadAgainAtOnce() {
    for (int round = 0; round < 3; round++) {
      assertEquals(3, atOnce(1).stream().filter(DONE::equals).count());
      assertEquals(CLUSTERS, atOnce(0).stream().filter(DONE::equals).count());
    }
  }

  @Test
  void aDroppedClusterLeavesNothingReserved() {
    for (int round = 0; round < 4; round++) {
      assertEquals(DONE, harness.ask(create("big", managed("small", 3))));
      assertEquals(DONE, harness.ask(new DropClusters(List.of("big"), false)));
    }
  }

  @Test
  void withoutALimitNobodyIsAsked() {
    limit(Optional.empty());
    assertEquals(CLUSTERS, atOnce(5).stream().filter(DONE::equals).count());
  }
}
