package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.testing.Sizes;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host takes on what fits, and what it has taken on it keeps until it is told to stop it. */
final class HostRoomTest {
  private static final Resources ONE = new Resources(1_000_000_000L, 1L << 30);

  private final HostRoom room =
      new HostRoom(
          List.of(HostLoad.idle("az1@node-0", "az1", ONE), HostLoad.idle("az2@node-0", "az2", ONE)),
          Demand.NOMINAL);

  private static ReplicaOrder order(String id, String zone) {
    return new ReplicaOrder(
        new ReplicaId(id),
        1,
        "r1",
        zone,
        Sizes.CATALOGUE.find("small").orElseThrow(),
        ReplicaSettings.DEFAULT);
  }

  private boolean takes(String id, String zone) {
    return room.take(order(id, zone), true).isEmpty();
  }

  @Test
  void theLastRoomOfAHostIsTakenOnce() {
    room.found(List.of());
    assertTrue(takes("u1-1", "az1"));
    assertEquals(
        Optional.of("it asks for 1 CPUs, 1 GiB of memory; left are 0 CPUs, 0 GiB of memory"),
        room.take(order("u2-1", "az1"), true));
    assertTrue(takes("u2-1", "az2"));
  }

  @Test
  void whoHasRoomIsNotRefusedHoweverOftenItIsStarted() {
    room.found(List.of());
    assertTrue(takes("u1-1", "az1"));
    assertTrue(takes("u1-1", "az1"));
  }

  @Test
  void whoWasHereBeforeIsTakenBackAndCounts() {
    room.found(List.of());
    assertTrue(takes("u1-1", "az1"));
    assertEquals(Optional.empty(), room.take(order("u2-1", "az1"), false));
    room.release(new ReplicaId("u1-1"));
    assertFalse(takes("u3-1", "az1"));
  }

  @Test
  void whatIsStoppedMakesRoom() {
    room.found(List.of());
    assertTrue(takes("u1-1", "az1"));
    room.release(new ReplicaId("u1-1"));
    assertTrue(takes("u2-1", "az1"));
    assertTrue(takes("u3-1", "az2"));
    room.releaseAll("az2");
    assertEquals(
        List.of(new ReplicaId("u2-1")), room.kept().stream().map(RunningReplica::id).toList());
  }

  @Test
  void whatRunsOnTheMachineFromBeforeHasItsRoom() {
    assertFalse(room.isKnown());
    room.found(List.of(new RunningReplica(new ReplicaId("u1-1"), 3, "az1", 7, ONE)));
    assertTrue(room.isKnown());
    assertFalse(takes("u2-1", "az1"));
    assertTrue(takes("u1-1", "az1"));
  }

  @Test
  void aHostWithoutABoundRefusesNothingAndKeepsNothing() {
    HostRoom unbounded = HostRoom.unbounded();
    assertTrue(unbounded.isKnown());
    assertEquals(Optional.empty(), unbounded.take(order("u1-1", "az1"), true));
    assertEquals(List.of(), unbounded.kept());
  }
}
