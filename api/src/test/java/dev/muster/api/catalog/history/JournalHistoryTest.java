package dev.muster.api.catalog.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.error.SqlException;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.Replica;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** A history that is read along gives what one gives that is read at once. */
class JournalHistoryTest {
  /** What a reader of rows has gathered. */
  private record Gathered(
      Map<String, List<Object>> replicas,
      List<String> statuses,
      List<String> names,
      Map<String, List<Object>> clusterNames) {
    Gathered() {
      this(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
    }

    void take(JournalHistory history) {
      try {
        history.take(
            rows -> {
              replicas.putAll(rows.replicas());
              rows.statuses().forEach(row -> statuses.add(row.toString()));
              rows.names().forEach(row -> names.add(row.toString()));
              clusterNames.putAll(rows.clusterNames());
            });
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      statuses.sort(null);
      names.sort(null);
    }
  }

  private static Gathered read(JournalHistory history, CatalogFixture fixture, Gathered gathered) {
    history.readTo(fixture.store().snapshot(), () -> false);
    gathered.take(history);
    return gathered;
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void readAlongEqualsReadAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    CatalogFixture fixture = new CatalogFixture();
    List<ClusterId> live = new ArrayList<>();
    JournalHistory along = new JournalHistory(fixture.journal());
    Gathered gathered = new Gathered();
    for (int step = 0; step < 30; step++) {
      step(random, fixture, live, step);
      if (random.nextInt(3) == 0) {
        read(along, fixture, gathered);
      }
    }
    assertEquals(
        read(new JournalHistory(fixture.journal()), fixture, new Gathered()),
        read(along, fixture, gathered));
  }

  private static void step(Random random, CatalogFixture fixture, List<ClusterId> live, int step) {
    if (live.isEmpty() || random.nextInt(4) == 0) {
      live.add(fixture.managed("c" + step + "-" + random.nextInt(), "25cc", random.nextInt(3)));
      return;
    }
    ClusterId id = live.get(random.nextInt(live.size()));
    List<Replica> replicas = fixture.live(id).replicas();
    switch (random.nextInt(4)) {
      case 0 -> fixture.add(id, "more" + step, "50cc", "az1");
      case 1 -> {
        String name = fixture.store().snapshot().environment().state().clusters().get(id).name();
        fixture.environment(
            new EnvironmentEvent.ClusterNamesChanged(
                List.of(new NameChange(id, name, "n" + step + "-" + random.nextInt()))));
      }
      case 2 -> {
        if (!replicas.isEmpty()) {
          ReplicaId replica = replicas.getFirst().id();
          fixture.cluster(id, new ClusterEvent.ReplicaDropped(replica, Reason.MANUAL));
        }
      }
      default -> {
        live.remove(id);
        fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
        replicas.forEach(
            replica ->
                fixture.cluster(id, new ClusterEvent.ReplicaDropped(replica.id(), Reason.MANUAL)));
        fixture.cluster(id, new ClusterEvent.ClusterDropped());
        fixture.store().withdraw(id);
        fixture.environment(new EnvironmentEvent.ClusterDropFinished(id));
      }
    }
  }

  @Test
  void onlyWhatChangedIsReadAgain() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId one = fixture.managed("one", "25cc", 1);
    fixture.managed("two", "25cc", 1);
    JournalHistory history = new JournalHistory(fixture.journal());
    read(history, fixture, new Gathered());
    assertEquals(2, fixture.journal().takeReads());
    fixture.add(one, "r2", "25cc", "az2");
    assertEquals(1, read(history, fixture, new Gathered()).replicas().size());
    assertEquals(1, fixture.journal().takeReads());
    read(history, fixture, new Gathered());
    assertEquals(0, fixture.journal().takeReads());
  }

  @Test
  void aReadThatWasCanceledIsMadeUpForByTheNext() {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("one", "25cc", 2);
    JournalHistory history = new JournalHistory(fixture.journal());
    SqlException canceled =
        assertThrows(
            SqlException.class, () -> history.readTo(fixture.store().snapshot(), () -> true));
    assertEquals("57014", canceled.sqlMessage().sqlState());
    assertEquals(2, read(history, fixture, new Gathered()).replicas().size());
  }

  /** Its cluster has ended by the time it is read, and yet the rows between are of that name. */
  @Test
  void aNameThatIsReadLateIsThatOfAllRowsSince() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("old", "25cc", 0);
    JournalHistory along = new JournalHistory(fixture.journal());
    fixture.cluster(id, new ClusterEvent.CommentChanged(Optional.empty(), Optional.of("hers")));
    CatalogSnapshot earlier = fixture.store().snapshot();
    fixture.environment(
        new EnvironmentEvent.ClusterNamesChanged(List.of(new NameChange(id, "old", "new"))));
    fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
    fixture.cluster(id, new ClusterEvent.ClusterDropped());
    fixture.store().withdraw(id);
    along.readTo(earlier, () -> false);
    assertEquals(List.of(), renamings(along));
    along.readTo(fixture.store().snapshot(), () -> false);
    assertEquals(List.of("new"), renamings(along));
  }

  private static List<String> renamings(JournalHistory history) {
    List<String> names = new ArrayList<>();
    try {
      history.take(rows -> rows.renamings().forEach(one -> names.add(one.name())));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }
}
