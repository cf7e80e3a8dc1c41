package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.host.LedgerClients.Client;
import dev.muster.actors.host.LedgerClients.Holding;
import dev.muster.actors.placement.Resources;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clusters are found by what they ask for and by what they have. */
class LedgerClientsTest {
  private static final Resources SMALL = new Resources(1_000_000_000L, 1L << 30);
  private static final Resources LARGE = new Resources(8_000_000_000L, 8L << 30);
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);

  private final LedgerClients clients = new LedgerClients();
  private final List<ClusterId> told = new ArrayList<>();

  private Client waiting(ClusterId id, long sinceMillis, Resources... wanted) {
    return new Client(
        Set.of(),
        Set.of(wanted),
        HybridTime.ofEpochMilli(sinceMillis, 0),
        Set.of(),
        () -> told.add(id),
        0,
        true);
  }

  private Client holding(ClusterId id, Holding... held) {
    return new Client(
        Set.of(), Set.of(), HybridTime.ZERO, Set.of(held), () -> told.add(id), 0, true);
  }

  private Set<ReplicaId> put(ClusterId id, Client client) {
    return clients.put(id, client, claims -> {}).orElseThrow();
  }

  private List<ClusterId> wanting(Resources asked) {
    told.clear();
    clients.wanting(asked::equals, held -> false).forEach(client -> client.lookAgain().run());
    return List.copyOf(told);
  }

  private List<ClusterId> having(Holding held) {
    told.clear();
    clients.wanting(asked -> false, held::equals).forEach(client -> client.lookAgain().run());
    return List.copyOf(told);
  }

  @Test
  void whoAsksForSuchIsFoundAndTheOthersAreNot() {
    put(U1, waiting(U1, 5, SMALL));
    put(U2, waiting(U2, 5, LARGE));
    assertEquals(List.of(U1), wanting(SMALL));
    assertEquals(List.of(U2), wanting(LARGE));
  }

  @Test
  void whoHasWaitedTheLongestComesFirst() {
    put(U1, waiting(U1, 9, SMALL));
    put(U2, waiting(U2, 5, SMALL));
    assertEquals(List.of(U2, U1), wanting(SMALL));
  }

  @Test
  void whoHasSuchIsFoundByItsZoneToo() {
    put(U1, holding(U1, new Holding("az1", SMALL), new Holding("az2", SMALL)));
    put(U2, holding(U2, new Holding("az2", SMALL)));
    assertEquals(List.of(U1), having(new Holding("az1", SMALL)));
    assertEquals(Set.of(U1, U2), Set.copyOf(having(new Holding("az2", SMALL))));
  }

  @Test
  void whatIsWantedNoLongerIsForgotten() {
    put(U1, waiting(U1, 5, SMALL));
    put(U1, waiting(U1, 5, LARGE));
    assertEquals(List.of(), wanting(SMALL));
    assertEquals(List.of(U1), wanting(LARGE));
    clients.remove(U1);
    assertEquals(List.of(), wanting(LARGE));
    assertFalse(clients.contains(U1));
  }

  @Test
  void claimsAreAddedToWhatIsKnownAndGivenBackWithIt() {
    ReplicaId one = ReplicaId.of(U1, 1);
    ReplicaId two = ReplicaId.of(U1, 2);
    put(U1, waiting(U1, 5, SMALL));
    clients.addClaims(U1, Set.of(one));
    clients.addClaims(U1, Set.of(two));
    assertEquals(List.of(U1), wanting(SMALL), "it waits as before");
    assertEquals(Set.of(one, two), put(U1, holding(U1)));
    assertTrue(clients.contains(U1));
  }
}
