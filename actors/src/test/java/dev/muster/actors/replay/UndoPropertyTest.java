package dev.muster.actors.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.testing.Sizes;
import dev.muster.api.error.SqlException;
import dev.muster.api.metrics.Metrics;
import dev.muster.api.replay.Declaration;
import dev.muster.api.replay.Declaration.Cluster;
import dev.muster.api.replay.Declaration.DeclaredReplica;
import dev.muster.api.replay.Rebuild;
import dev.muster.api.replay.Undo;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import dev.muster.api.sql.session.MusterSqlSessions;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Whatever people did, by SQL through the whole pipeline and the real deciders: the script back to
 * any moment gives what was declared then, and the script that rebuilds it too.
 */
class UndoPropertyTest {
  /** A statement, and whether what it started has ended before the next. */
  record Step(String sql, boolean settles) {}

  /** An installation without machines. */
  private static final class Installation {
    private final PureMuster muster = new PureMuster();
    private final SqlSession session =
        new MusterSqlSessions(muster, null, Sizes.GRADED, 5, new Metrics().statements())
            .open(
                new SessionRequest(
                    Map.of("user", "materialize"),
                    new InetSocketAddress("127.0.0.1", 5555),
                    false));

    void run(String text) {
      for (SqlSession.Statement statement : session.parse(text)) {
        session.execute(session.prepare(statement, List.of()), List.of(), notice -> {});
      }
      session.endOfMessage(false);
    }

    /** What is refused changes nothing. */
    void attempt(Step step) {
      try {
        run(step.sql());
      } catch (SqlException refused) {
        session.endOfMessage(true);
        assertTrue(
            !refused.sqlMessage().sqlState().startsWith("XX")
                && !refused.sqlMessage().sqlState().equals("42601"),
            () -> step + ": " + refused.sqlMessage());
      }
      if (step.settles()) {
        muster.settle();
      }
    }

    /** Each statement of a script must succeed; it waits for what it starts, as a client would. */
    void carryOut(String script) {
      for (String statement : script.split(";\n")) {
        try {
          run(statement);
        } catch (SqlException refused) {
          throw new AssertionError(statement + ": " + refused.sqlMessage() + "\n" + script);
        }
        muster.settle();
      }
    }

    Declaration declared() {
      return Declaration.of(muster.snapshot());
    }
  }

  private static final List<String> SIZES = List.of("25cc", "small", "medium", "large");

  @Provide
  static Arbitrary<List<Step>> histories() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "\"d e\"");
    Arbitrary<String> options =
        options().list().ofMinSize(1).ofMaxSize(3).map(UndoPropertyTest::withoutRepetition);
    Arbitrary<String> replicas = Arbitraries.of("r1", "r2", "x", "y");
    Arbitrary<String> statements =
        Arbitraries.frequencyOf(
            Tuple.of(
                4, Combinators.combine(names, options).as("CREATE CLUSTER %s (%s)"::formatted)),
            Tuple.of(
                2,
                Combinators.combine(names, Arbitraries.of(SIZES))
                    .as(
                        "CREATE CLUSTER %s (REPLICAS (r1 (SIZE = 'small'), x (SIZE = '%s')))"
                            ::formatted)),
            Tuple.of(
                6, Combinators.combine(names, options).as("ALTER CLUSTER %s SET (%s)"::formatted)),
            Tuple.of(
                2,
                Combinators.combine(
                        names,
                        Arbitraries.of(
                            "AUTO SCALING STRATEGY",
                            "MIN SIZE, MAX SIZE",
                            "AVAILABILITY ZONES",
                            "DISK",
                            "SCHEDULE"))
                    .as("ALTER CLUSTER %s RESET (%s)"::formatted)),
            Tuple.of(
                2,
                Combinators.combine(names, Arbitraries.of("true", "false"))
                    .as("ALTER CLUSTER %s SET (MANAGED = %s)"::formatted)),
            Tuple.of(
                1,
                Combinators.combine(names, names).as("ALTER CLUSTER %s RENAME TO %s"::formatted)),
            Tuple.of(
                1,
                Combinators.combine(names, names).as("ALTER CLUSTER %s SWAP WITH %s"::formatted)),
            Tuple.of(1, names.map("ALTER CLUSTER %s OWNER TO joe"::formatted)),
            Tuple.of(1, names.map("DROP CLUSTER %s"::formatted)),
            Tuple.of(1, names.map("COMMENT ON CLUSTER %s IS 'it''s; mine'"::formatted)),
            Tuple.of(
                3,
                Combinators.combine(names, replicas, Arbitraries.of(SIZES))
                    .as("CREATE CLUSTER REPLICA %s.%s (SIZE = '%s')"::formatted)),
            Tuple.of(
                1,
                Combinators.combine(names, replicas)
                    .as(
                        "CREATE CLUSTER REPLICA %s.%s (SIZE = 'small', AVAILABILITY ZONE = 'az2')"
                            ::formatted)),
            Tuple.of(
                2,
                Combinators.combine(names, replicas, replicas)
                    .as("ALTER CLUSTER REPLICA %s.%s RENAME TO %s"::formatted)),
            Tuple.of(
                1,
                Combinators.combine(names, replicas).as("DROP CLUSTER REPLICA %s.%s"::formatted)),
            Tuple.of(
                1,
                Combinators.combine(names, replicas)
                    .as("COMMENT ON CLUSTER REPLICA %s.%s IS 'a comment'"::formatted)),
            Tuple.of(
                1, Arbitraries.of("COMMENT ON ROLE joe IS 'j'", "COMMENT ON ROLE joe IS NULL")),
            Tuple.of(
                1,
                Combinators.combine(
                        Arbitraries.of("az1", "az2", "az3"), Arbitraries.of("ONLINE", "OFFLINE"))
                    .as("ALTER AVAILABILITY ZONE %s SET %s"::formatted)),
            Tuple.of(
                2,
                Arbitraries.of(
                    "ALTER SYSTEM SET max_credit_consumption_rate = 0.1",
                    "ALTER SYSTEM SET max_credit_consumption_rate = 8",
                    "ALTER SYSTEM SET max_credit_consumption_rate = '20'",
                    "ALTER SYSTEM RESET max_credit_consumption_rate")));
    return Combinators.combine(statements, Arbitraries.of(true, true, false))
        .as(Step::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(24);
  }

  private static Arbitrary<String> options() {
    Arbitrary<String> sizes = Arbitraries.of(SIZES);
    return Arbitraries.frequencyOf(
        Tuple.of(4, sizes.map("SIZE = '%s'"::formatted)),
        Tuple.of(3, Arbitraries.integers().between(0, 4).map("REPLICATION FACTOR = %d"::formatted)),
        Tuple.of(
            2,
            Arbitraries.of("('az1')", "('az1', 'az2')", "()").map("AVAILABILITY ZONES = "::concat)),
        Tuple.of(1, Arbitraries.of("true", "false").map("DISK = "::concat)),
        Tuple.of(1, Arbitraries.of("true", "false").map("INTROSPECTION DEBUGGING = "::concat)),
        Tuple.of(1, Arbitraries.of("'2s'", "'0'").map("INTROSPECTION INTERVAL = "::concat)),
        Tuple.of(1, Arbitraries.of("MANUAL", "ON REFRESH").map("SCHEDULE = "::concat)),
        Tuple.of(1, Arbitraries.just("MIN SIZE = 'small', MAX SIZE = 'large'")),
        Tuple.of(
            1,
            sizes.map(
                "AUTO SCALING STRATEGY = (ON HYDRATION (HYDRATION SIZE = '%s'))"::formatted)));
  }

  private static String withoutRepetition(List<String> options) {
    Map<String, String> byName = new TreeMap<>();
    options.forEach(option -> byName.put(option.split(" =")[0], option));
    return String.join(", ", byName.values());
  }

  @Property(tries = 300)
  void theScriptBackGivesWhatWasDeclaredThen(
      @ForAll("histories") List<Step> history, @ForAll @IntRange(min = 0, max = 99) int percent) {
    Installation installation = new Installation();
    int moment = percent * history.size() / 100;
    history.subList(0, moment).forEach(installation::attempt);
    Declaration then = installation.declared();
    history.subList(moment, history.size()).forEach(installation::attempt);
    String script = Undo.of(installation.declared(), then).text();
    installation.carryOut(script);
    assertEquals(comparable(then), comparable(installation.declared()), () -> "by\n" + script);
  }

  @Property(tries = 150)
  void theScriptThatRebuildsGivesWhatWasDeclared(@ForAll("histories") List<Step> history) {
    Installation installation = new Installation();
    history.forEach(installation::attempt);
    Declaration then = installation.declared();
    Installation another = new Installation();
    another.run("CREATE CLUSTER quickstart (SIZE = '25cc')");
    String script = Rebuild.of(then).text();
    another.carryOut(script);
    assertEquals(comparable(then), comparable(another.declared()), () -> "by\n" + script);
  }

  @Property(tries = 50)
  void nothingIsToBeDoneToStayAsItIs(@ForAll("histories") List<Step> history) {
    Installation installation = new Installation();
    history.forEach(installation::attempt);
    assertEquals("", Undo.of(installation.declared(), installation.declared()).text());
  }

  private static String backFrom(String... sincePay) {
    Installation installation = new Installation();
    installation.carryOut(
        "ALTER SYSTEM SET max_credit_consumption_rate = 20;\n"
            + "CREATE CLUSTER pay (SIZE = 'large', REPLICATION FACTOR = 2)");
    Declaration then = installation.declared();
    installation.carryOut(String.join(";\n", sincePay));
    String script = Undo.of(installation.declared(), then).text();
    installation.carryOut(script);
    assertEquals(comparable(then), comparable(installation.declared()), () -> "by\n" + script);
    return script;
  }

  @Test
  void aLimitOfThePresentDoesNotRefuseWhatThereWas() {
    String script =
        backFrom("DROP CLUSTER pay", "ALTER SYSTEM SET max_credit_consumption_rate = 0.1");
    assertTrue(script.contains("ALTER SYSTEM RESET \"max_credit_consumption_rate\""), script);
    assertTrue(
        script.endsWith("ALTER SYSTEM SET \"max_credit_consumption_rate\" = '20';\n"), script);
  }

  /** For a while the replicas of both sizes run: more than the limit that is and was. */
  @Test
  void theLimitThatWasThereAllTheTimeDoesNotRefuseTheWayBack() {
    backFrom(
        "ALTER CLUSTER pay SET (REPLICATION FACTOR = 1)",
        "ALTER CLUSTER pay SET (SIZE = 'small', REPLICATION FACTOR = 4)");
  }

  /** Within its range Muster may choose the size that the strategy has: without one nobody may. */
  @Test
  void theSizeOfTheStrategyDoesNotRefuseTheEndOfARange() {
    Installation installation = new Installation();
    installation.carryOut(
        "CREATE CLUSTER pay (SIZE = '25cc',"
            + " AUTO SCALING STRATEGY = (ON HYDRATION (HYDRATION SIZE = 'small')))");
    Declaration then = installation.declared();
    installation.carryOut("ALTER CLUSTER pay SET (MIN SIZE = 'small', MAX SIZE = 'large')");
    String script = Undo.of(installation.declared(), then).text();
    installation.carryOut(script);
    assertEquals(comparable(then), comparable(installation.declared()), () -> "by\n" + script);
  }

  @Test
  void aLimitThatThereWasComesLastAndOneThatChangedAloneIsSetAtOnce() {
    assertTrue(
        backFrom("ALTER SYSTEM RESET ALL", "DROP CLUSTER pay")
            .endsWith("ALTER SYSTEM SET \"max_credit_consumption_rate\" = '20';\n"));
    assertEquals(
        "ALTER SYSTEM SET \"max_credit_consumption_rate\" = '20';\n",
        backFrom("ALTER SYSTEM SET max_credit_consumption_rate = 5"));
  }

  /** Without ids, and without what Muster decides by itself. */
  private static Map<String, Object> comparable(Declaration declaration) {
    Map<String, Object> all = new TreeMap<>();
    for (Cluster cluster : declaration.clusters()) {
      boolean byHand = cluster.configuration().orElseThrow() instanceof Unmanaged;
      all.put(
          cluster.name(),
          List.of(
              cluster.owner(),
              cluster.comment(),
              cluster.configuration(),
              byHand ? replicas(cluster) : Set.of()));
    }
    all.put(" roles", declaration.roleComments());
    all.put(" parameters", declaration.parameters());
    all.put(" zones", declaration.zonesOut().keySet());
    return all;
  }

  private static Set<List<Object>> replicas(Cluster cluster) {
    Set<List<Object>> replicas = new HashSet<>();
    for (DeclaredReplica replica : cluster.replicas()) {
      Optional<String> comment = replica.comment();
      replicas.add(List.of(replica.plan(), comment));
    }
    return replicas;
  }
}
