package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

/** The rows that follow snapshots one by one are those of a snapshot read afresh. */
class IncrementalTest {
  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM mz_clusters ORDER BY id",
          "SELECT * FROM mz_cluster_replicas ORDER BY id",
          "SELECT * FROM mz_internal.mz_show_clusters ORDER BY name",
          "SELECT * FROM mz_internal.mz_cluster_replica_statuses ORDER BY replica_id");
  private static DuckDbCatalog following;
  private static DuckDbCatalog afresh;

  @BeforeContainer
  static void open() {
    following = Asking.open();
    afresh = Asking.open();
  }

  @AfterContainer
  static void close() {
    following.close();
    afresh.close();
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void followingEqualsReadingAfresh(@ForAll long seed) {
    Random random = new Random(seed);
    CatalogFixture fixture = new CatalogFixture();
    List<ClusterId> live = new ArrayList<>();
    for (int step = 0; step < 12; step++) {
      step(random, fixture, live, step);
      if (random.nextBoolean()) {
        rows(following, fixture.snapshot());
      }
    }
    // An empty snapshot in between makes the second engine begin anew.
    rows(afresh, new CatalogFixture().snapshot());
    assertEquals(rows(afresh, fixture.snapshot()), rows(following, fixture.snapshot()));
    assertEquals(live.size(), rows(following, fixture.snapshot()).getFirst().size());
  }

  private static void step(Random random, CatalogFixture fixture, List<ClusterId> live, int step) {
    if (live.isEmpty() || random.nextInt(3) == 0) {
      live.add(fixture.managed("c" + step, "25cc", random.nextInt(3)));
      return;
    }
    ClusterId id = live.get(random.nextInt(live.size()));
    switch (random.nextInt(3)) {
      case 0 -> {
        String name = fixture.snapshot().environment().state().clusters().get(id).name();
        fixture.environment(
            new EnvironmentEvent.ClusterNamesChanged(
                List.of(new NameChange(id, name, "n" + step))));
      }
      case 1 -> {
        for (Replica replica : fixture.live(id).replicas()) {
          fixture.cluster(id, new ClusterEvent.ReplicaDropped(replica.id(), Reason.MANUAL));
        }
        fixture.add(id, "again" + step, "50cc", "az1");
      }
      default -> {
        live.remove(id);
        fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
        if (random.nextBoolean()) {
          fixture.store().withdraw(id);
        }
      }
    }
  }

  private static List<List<List<Object>>> rows(DuckDbCatalog catalog, CatalogSnapshot snapshot) {
    return QUERIES.stream().map(sql -> new Asking(catalog).rows(snapshot, sql)).toList();
  }

  @Test
  void unfinishedCreationsAndDecidedDropsAreNotVisible() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "25cc", 2);
    fixture.environment(
        new EnvironmentEvent.ClusterCreationStarted(
            ClusterId.user(2), "half", "materialize", fixture.live(id).configuration(), List.of()));
    fixture.environment(new EnvironmentEvent.ReplicaDropStarted(List.of(ReplicaId.of(id, 2))));
    try (DuckDbCatalog catalog = Asking.open()) {
      Asking ask = new Asking(catalog);
      assertEquals(
          List.of(List.of("prod")), ask.rows(fixture.snapshot(), "SELECT name FROM mz_clusters"));
      assertEquals(
          List.of(List.of("r1")),
          ask.rows(fixture.snapshot(), "SELECT name FROM mz_cluster_replicas"));
    }
  }

  @Test
  void historyReadsOnlyWhatIsNew() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId first = fixture.managed("one", "25cc", 1);
    fixture.managed("two", "25cc", 1);
    String sql =
        "SELECT replica_id, dropped_at IS NULL FROM mz_internal.mz_cluster_replica_history";
    try (DuckDbCatalog catalog =
        new DuckDbCatalog(
            CatalogFixture.SIZES, fixture.journal(), EngineLimits.load(ConfigFactory.load()))) {
      Asking ask = new Asking(catalog);
      assertEquals(2, ask.rows(fixture.snapshot(), sql).size());
      assertEquals(2, fixture.journal().takeReads());
      assertEquals(2, ask.rows(fixture.snapshot(), sql).size());
      assertEquals(0, fixture.journal().takeReads());
      fixture.cluster(
          first, new ClusterEvent.ReplicaDropped(ReplicaId.of(first, 1), Reason.MANUAL));
      List<List<Object>> rows = ask.rows(fixture.snapshot(), sql + " ORDER BY 1");
      assertEquals(List.of(List.of("u1-1", false), List.of("u2-1", true)), rows);
      assertEquals(1, fixture.journal().takeReads());
      ask.rows(fixture.snapshot(), "SELECT * FROM mz_clusters");
      assertTrue(fixture.journal().takeReads() == 0);
    }
  }
}
