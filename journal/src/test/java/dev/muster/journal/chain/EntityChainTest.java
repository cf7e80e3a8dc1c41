package dev.muster.journal.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntityChainTest {
  private static final ClusterState STATE = new ClusterState.Absent();

  private long time;
  private final EntityChain<ClusterEvent, ClusterState> chain = new EntityChain<>("cluster|u1");

  private Recorded<ClusterEvent> event() {
    return new Recorded<>(
        new HybridTime(++time), Origin.SYSTEM, new ClusterEvent.BurstStarted("25cc"));
  }

  private String written(Recorded<ClusterEvent> event) {
    JournalCodec.Encoded encoded = (JournalCodec.Encoded) chain.events().toJournal(event);
    assertEquals(JournalCodec.STANDARD.manifest(event), encoded.manifest());
    return chain.events().manifest(event);
  }

  @Test
  void aHashIsOfTheEventAndOfTheOneBeforeIt() {
    String first = written(event());
    Recorded<ClusterEvent> second = event();
    JournalCodec.Encoded encoded = JournalCodec.STANDARD.encode(second);
    assertEquals(
        ChainHash.next(first, encoded.manifest().toString(), encoded.bytes()), written(second));
    assertNotEquals(ChainHash.genesis("cluster|u1"), ChainHash.genesis("cluster|u2"));
  }

  /** Frozen: whoever changes it makes every journal look forged. */
  @Test
  void howHashesAreMadeNeverChanges() {
    String genesis = ChainHash.genesis("cluster|u1");
    assertEquals("4-PV-iFvC_N9f62_wAZ6KRMvHM9eD1_6F7uOfbmdgg8", genesis);
    assertEquals(
        "YXQcLL0mi3eP9L_Bax3wrnQyHq1LMoLMAVe0X4fbwD8",
        ChainHash.next(genesis, "cluster.dropped:1", new byte[] {'{', '}'}));
  }

  @Test
  void severalEventsOfOneWriteFollowEachOtherInWhicheverOrderIsAsked() {
    Recorded<ClusterEvent> one = event();
    Recorded<ClusterEvent> two = event();
    String first = chain.events().manifest(one);
    chain.events().toJournal(one);
    String second = chain.events().manifest(two);
    chain.events().toJournal(two);
    EntityChain<ClusterEvent, ClusterState> other = new EntityChain<>("cluster|u1");
    other.events().toJournal(one);
    assertEquals(first, other.events().manifest(one));
    other.events().toJournal(two);
    assertEquals(second, other.events().manifest(two));
    assertEquals(Optional.of(second), other.head());
  }

  @Test
  void aWriteThatWasLostIsForgottenByTheRecovery() {
    Recorded<ClusterEvent> kept = event();
    String first = written(kept);
    written(event());
    chain.events().fromJournal(kept, first);
    chain.recovered(1);
    assertEquals(Optional.of(first), chain.head());
  }

  @Test
  void theFirstWriteThatWasLostIsForgottenToo() {
    written(event());
    chain.recovered(0);
    assertEquals(Optional.empty(), chain.head());
    Recorded<ClusterEvent> again = event();
    EntityChain<ClusterEvent, ClusterState> fresh = new EntityChain<>("cluster|u1");
    fresh.events().toJournal(again);
    assertEquals(fresh.head(), Optional.of(written(again)));
  }

  @Test
  void aSnapshotKnowsWhereTheChainIs() {
    String first = written(event());
    Object stored = chain.snapshots().toJournal(STATE);
    EntityChain<ClusterEvent, ClusterState> recovered = new EntityChain<>("cluster|u1");
    assertEquals(STATE, recovered.snapshots().fromJournal(stored));
    assertEquals(Optional.of(first), recovered.head());
  }

  @Test
  void aSnapshotFromBeforeChainsIsReadAndTheChainBeginsAfterIt() {
    written(event());
    assertEquals(STATE, chain.snapshots().fromJournal(STATE));
    assertEquals(Optional.empty(), chain.head());
  }
}
