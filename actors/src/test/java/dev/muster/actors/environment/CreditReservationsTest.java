package dev.muster.actors.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.testing.Commands;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.SystemParameter;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The limit is 10, and two clusters want to have some of it. */
class CreditReservationsTest {
  private static final ClusterId ONE = ClusterId.user(1);
  private static final ClusterId OTHER = ClusterId.user(2);
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final CreditReservations reservations = new CreditReservations();
  private final CatalogStore store = new CatalogStore();
  private EnvironmentState environment = EnvironmentState.EMPTY;
  private long time;

  CreditReservationsTest() {
    happened(
        new EnvironmentEvent.SystemParameterChanged(
            SystemParameter.MAX_CREDIT_CONSUMPTION_RATE, Optional.empty(), Optional.of("10")));
    created(ONE);
    created(OTHER);
  }

  private void happened(EnvironmentEvent event) {
    environment = environment.evolve(next(), event);
  }

  private HybridTime next() {
    return new HybridTime(++time << 20);
  }

  private void created(ClusterId id) {
    happened(
        new EnvironmentEvent.ClusterCreationStarted(
            id, "c" + id, "materialize", Commands.managed("small", 1), List.of()));
  }

  /** Another node has told that the cluster costs as much, by its event of that number. */
  private void seen(ClusterId id, String credits, long sequenceNumber) {
    ClusterState state =
        new ClusterState.Absent()
            .evolve(next(), new ClusterEvent.ClusterCreated(id, Commands.managed("small", 1)))
            .evolve(
                next(),
                new ClusterEvent.ReplicaAdded(
                    ReplicaId.of(id, 1),
                    "r1",
                    "small",
                    new BigDecimal(credits),
                    "az1",
                    false,
                    ReplicaSettings.DEFAULT,
                    false,
                    Optional.empty(),
                    Reason.MANUAL));
    store.publish(id, state, sequenceNumber);
  }

  private Optional<Rejection> reserve(ClusterId id, String desired, Instant at) {
    return reservations.reserve(
        new CreditReservations.Wish(id, new BigDecimal(desired), BigDecimal.ZERO),
        environment,
        store.snapshot(),
        at);
  }

  @Test
  void whatIsReservedIsTakenBeforeItIsSeen() {
    assertEquals(Optional.empty(), reserve(ONE, "6", NOW));
    Rejection.CreditRateExceeded much =
        assertInstanceOf(
            Rejection.CreditRateExceeded.class, reserve(OTHER, "5", NOW).orElseThrow());
    assertEquals(new BigDecimal("11"), much.desired());
    assertEquals(new BigDecimal("6"), much.current());
    assertEquals(Optional.empty(), reserve(OTHER, "4", NOW));
  }

  @Test
  void aClusterThatAsksAgainIsNotCountedTwice() {
    assertEquals(Optional.empty(), reserve(ONE, "6", NOW));
    assertEquals(Optional.empty(), reserve(ONE, "10", NOW));
  }

  @Test
  void onceSettledAndSeenWhatIsSeenCounts() {
    assertEquals(Optional.empty(), reserve(ONE, "6", NOW));
    reservations.settled(ONE, 7);
    seen(ONE, "0", 6);
    assertTrue(reserve(OTHER, "5", NOW).isPresent());
    seen(ONE, "2", 7);
    assertEquals(Optional.empty(), reserve(OTHER, "8", NOW));
  }

  @Test
  void whoNeverSaysWhatBecameOfItIsForgotten() {
    assertEquals(Optional.empty(), reserve(ONE, "6", NOW));
    Instant later = NOW.plus(CreditReservations.FORGOTTEN_AFTER);
    assertTrue(reserve(OTHER, "5", later.minusMillis(1)).isPresent());
    assertEquals(Optional.empty(), reserve(OTHER, "5", later));
  }

  @Test
  void whatIsDroppedHoldsNothing() {
    assertEquals(Optional.empty(), reserve(ONE, "6", NOW));
    happened(new EnvironmentEvent.ClusterDropStarted(List.of(ONE)));
    assertEquals(Optional.empty(), reserve(OTHER, "10", NOW));
  }
}
