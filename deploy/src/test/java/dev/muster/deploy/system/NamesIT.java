package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.history.NameModel.Action;
import dev.muster.deploy.history.NameModel.Answer;
import dev.muster.deploy.system.NameHistory.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Names are unique under any concurrency, and what each connection was told fits one common order
 * of events.
 */
class NamesIT {
  private static final List<String> NAMES = List.of("blue", "green", "red", "grey");
  private static final int CONNECTIONS = 16;
  private static final int STATEMENTS_EACH = 15;
  private static final int ROUNDS = Integer.getInteger("muster.rounds", 5);

  @RegisterExtension final Harness harness = new Harness();

  private final AtomicInteger clusters = new AtomicInteger();

  @Test
  void everyAnswerAboutAFewContestedNamesFitsOneOrder() throws Exception {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("NamesIT: seed " + seed);
    Random random = new Random(seed);
    RunningMuster muster = harness.aMuster().withRuntime("simulated").start();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= ROUNDS; round++) {
        List<Operation> history = contend(muster, random, threads);
        Map<String, Integer> end = owners(muster);
        assertTrue(
            new NameHistory(history, end).isExplained(),
            () -> "no order explains " + history + " ending in " + end);
        assertTrue(answers(history, Answer.DONE) > 0, "nothing was done");
        for (String name : end.keySet()) {
          muster.sql("DROP CLUSTER " + name);
        }
      }
    }
  }

  private static long answers(List<Operation> history, Answer answer) {
    return history.stream().filter(operation -> operation.answer() == answer).count();
  }

  private List<Operation> contend(RunningMuster muster, Random random, ExecutorService threads)
      throws Exception {
    CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    List<Future<List<Operation>>> work = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Random own = new Random(random.nextLong());
      work.add(
          threads.submit(
              () -> {
                try (Connection connection = muster.connect("&preferQueryMode=simple")) {
                  together.await();
                  return operate(connection, own);
                }
              }));
    }
    List<Operation> history = new ArrayList<>();
    for (Future<List<Operation>> done : work) {
      history.addAll(done.get());
    }
    return history;
  }

  private List<Operation> operate(Connection connection, Random random) throws SQLException {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < STATEMENTS_EACH; i++) {
      long asked = System.nanoTime();
      if (random.nextInt(4) == 0) {
        List<String> rows = RunningMuster.sql(connection, NameStatements.look(NAMES));
        Action look = new Action.Look(NameStatements.owners(rows));
        operations.add(new Operation(look, Answer.DONE, asked, System.nanoTime()));
      } else {
        Action action = choose(random);
        Answer answer = ask(connection, NameStatements.of(action));
        operations.add(new Operation(action, answer, asked, System.nanoTime()));
      }
    }
    return operations;
  }

  private Action choose(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String other =
        NAMES.get((NAMES.indexOf(name) + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size());
    return switch (random.nextInt(5)) {
      case 0, 1 -> new Action.Create(name, clusters.incrementAndGet());
      case 2 -> new Action.Rename(name, other);
      case 3 -> new Action.Swap(name, other);
      default -> new Action.Drop(name);
    };
  }

  private static Answer ask(Connection connection, String statement) throws SQLException {
    try {
      RunningMuster.sql(connection, statement);
      return Answer.DONE;
    } catch (SQLException rejected) {
      return NameStatements.no(rejected)
          .orElseThrow(
              () ->
                  new SQLException(
                      statement + ": " + rejected.getMessage(), rejected.getSQLState(), rejected));
    }
  }

  /** Which cluster has which name now. */
  private static Map<String, Integer> owners(RunningMuster muster) throws SQLException {
    return NameStatements.owners(muster.sql(NameStatements.look(NAMES)));
  }
}
