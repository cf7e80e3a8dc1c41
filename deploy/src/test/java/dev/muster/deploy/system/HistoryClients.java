package dev.muster.deploy.system;

import dev.muster.deploy.history.Call;
import dev.muster.deploy.history.Linearizability;
import dev.muster.deploy.history.Linearizability.Verdict;
import dev.muster.deploy.history.Model;
import dev.muster.deploy.history.NameModel;
import dev.muster.deploy.history.RegisterModel;
import dev.muster.deploy.history.RegisterModel.Access;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients on all nodes that change and read a few clusters and a few names of their own, and write
 * down what they asked, when, and what they were told.
 *
 * <p>Whoever is not told whether it was done (SQLSTATE of class 57 or 08, or no connection any
 * more) says so; it may have been. Each client speaks to its own node first, and to the next one
 * where that does not let it in.
 */
final class HistoryClients {
  private static final int REGISTERS = 6;
  private static final int REGISTER_CLIENTS_EACH = 2;

  private final NetworkedNodes nodes;
  private final String prefix;
  private final List<Register> registers = new ArrayList<>();
  private final List<String> names;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Register, ConcurrentLinkedQueue<Call<Access>>> accesses =
      new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Call<NameModel.Operation>> namings =
      new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger(1);
  private final Tally tally = new Tally();
  private volatile boolean over;
  private volatile long overNanos;

  /**
   * A cluster, and the option of it that is written and read. The number of replicas has few
   * values, and every change of it makes work elsewhere; the interval has a new value each time.
   */
  private record Register(String cluster, boolean isFactor) {
    /** As the clusters are made; an interval of zero would be none. */
    long initial() {
      return isFactor ? 0 : 1;
    }

    String write(long value) {
      return "ALTER CLUSTER %s SET (%s)"
          .formatted(
              cluster,
              isFactor
                  ? "REPLICATION FACTOR = " + value
                  : "INTROSPECTION INTERVAL = '" + value + "s'");
    }

    String read() {
      return "SELECT %s FROM mz_catalog.mz_clusters WHERE name = '%s'"
          .formatted(
              isFactor
                  ? "replication_factor"
                  : "EXTRACT(EPOCH FROM introspection_interval)::bigint",
              cluster);
    }
  }

  /**
   * @param prefix of all clusters that these clients make
   */
  HistoryClients(NetworkedNodes nodes, String prefix) {
    this.nodes = nodes;
    this.prefix = prefix;
    this.names = List.of(prefix + "_blue", prefix + "_green", prefix + "_red");
  }

  Tally tally() {
    return tally;
  }

  /** Makes the clusters, and lets the clients begin. */
  void start(Random random) throws SQLException {
    for (int i = 0; i < REGISTERS; i++) {
      Register register = new Register(prefix + "_" + i, i % 2 == 0);
      int node = i % nodes.count();
      Await.until(
          "there is " + register.cluster(),
          () -> {
            nodes.sql(
                node,
                "CREATE CLUSTER IF NOT EXISTS %s (SIZE = '1', REPLICATION FACTOR = 0,"
                        .formatted(register.cluster())
                    + " INTROSPECTION INTERVAL = '1s')");
            return true;
          });
      registers.add(register);
      accesses.put(register, new ConcurrentLinkedQueue<>());
    }
    for (int node = 0; node < nodes.count(); node++) {
      for (int i = 0; i < REGISTER_CLIENTS_EACH; i++) {
        begin(node, new Random(random.nextLong()), this::accessOne);
      }
      begin(node, new Random(random.nextLong()), this::nameOne);
    }
  }

  /** One question, asked on a connection that there is. */
  @FunctionalInterface
  private interface Question {
    void ask(HistoryConnection connection, Random random);
  }

  private void begin(int node, Random random, Question question) {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (HistoryConnection connection = new HistoryConnection(nodes, node, tally)) {
                    while (!over) {
                      question.ask(connection, random);
                    }
                  } catch (RuntimeException | AssertionError surprise) {
                    surprises.add(prefix + ": " + surprise);
                  }
                });
    threads.add(thread);
  }

  private void accessOne(HistoryConnection connection, Random random) {
    Register register = registers.get(random.nextInt(REGISTERS));
    if (random.nextBoolean()) {
      long value = register.isFactor() ? random.nextInt(4) : numbers.incrementAndGet();
      note(register, new Access.Write(value), connection.ask(register.write(value)));
    } else {
      read(register, connection.ask(register.read()));
    }
  }

  private void read(Register register, HistoryConnection.Answer answer) {
    if (answer instanceof HistoryConnection.Answer.Rows rows) {
      long value = Long.parseLong(rows.rows().getFirst());
      accesses
          .get(register)
          .add(new Call<>(new Access.Read(value), rows.askedNanos(), rows.answeredNanos()));
    } else if (answer instanceof HistoryConnection.Answer.No no) {
      surprises.add(register.read() + ": " + no.why());
    }
  }

  private void note(Register register, Access.Write write, HistoryConnection.Answer answer) {
    switch (answer) {
      case HistoryConnection.Answer.Rows done ->
          accesses.get(register).add(new Call<>(write, done.askedNanos(), done.answeredNanos()));
      case HistoryConnection.Answer.NotDone ignored -> {}
      case HistoryConnection.Answer.Unheard unheard ->
          accesses.get(register).add(Call.unheard(write, unheard.askedNanos()));
      case HistoryConnection.Answer.No no ->
          surprises.add(register.write(write.value()) + ": " + no.why());
    }
  }

  private void nameOne(HistoryConnection connection, Random random) {
    String name = names.get(random.nextInt(names.size()));
    String other =
        names.get((names.indexOf(name) + 1 + random.nextInt(names.size() - 1)) % names.size());
    switch (random.nextInt(8)) {
      case 0, 1 -> change(connection, new NameModel.Action.Create(name, numbers.incrementAndGet()));
      case 2 -> change(connection, new NameModel.Action.Rename(name, other));
      case 3 -> change(connection, new NameModel.Action.Swap(name, other));
      case 4 -> change(connection, new NameModel.Action.Drop(name));
      default -> look(connection);
    }
  }

  private void look(HistoryConnection connection) {
    String question = NameStatements.look(names);
    switch (connection.ask(question)) {
      case HistoryConnection.Answer.Rows rows ->
          namings.add(
              new Call<>(
                  new NameModel.Operation(
                      new NameModel.Action.Look(NameStatements.owners(rows.rows())),
                      NameModel.Answer.DONE),
                  rows.askedNanos(),
                  rows.answeredNanos()));
      case HistoryConnection.Answer.NotDone ignored -> {}
      case HistoryConnection.Answer.Unheard ignored -> {}
      case HistoryConnection.Answer.No no -> surprises.add(question + ": " + no.why());
    }
  }

  private void change(HistoryConnection connection, NameModel.Action action) {
    switch (connection.ask(NameStatements.of(action))) {
      case HistoryConnection.Answer.Rows done ->
          namings.add(
              new Call<>(
                  new NameModel.Operation(action, NameModel.Answer.DONE),
                  done.askedNanos(),
                  done.answeredNanos()));
      case HistoryConnection.Answer.NotDone ignored -> {}
      case HistoryConnection.Answer.Unheard unheard ->
          namings.add(
              Call.unheard(
                  new NameModel.Operation(action, NameModel.Answer.DONE), unheard.askedNanos()));
      case HistoryConnection.Answer.No no ->
          NameStatements.no(no.why())
              .ifPresentOrElse(
                  answer ->
                      namings.add(
                          new Call<>(
                              new NameModel.Operation(action, answer),
                              no.askedNanos(),
                              no.answeredNanos())),
                  () -> surprises.add(action + ": " + no.why()));
    }
  }

  /** The clients end, each after what it is about. */
  void stop() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    overNanos = System.nanoTime();
  }

  /** One more look at everything, at every node: what was acknowledged must be there. */
  void lookOnceMore() {
    for (int node = 0; node < nodes.count(); node++) {
      try (HistoryConnection connection = new HistoryConnection(nodes, node, tally)) {
        for (Register register : registers) {
          read(register, connection.ask(register.read()));
        }
        look(connection);
      }
    }
  }

  /**
   * Where all that was told while clients changed things can be explained, and what was seen after
   * that cannot: something that was acknowledged is not there any more.
   */
  List<String> lostAcknowledgements() {
    List<String> found = new ArrayList<>();
    accesses.forEach(
        (register, history) -> {
          Model<?, Access> model = new RegisterModel(register.initial());
          if (isLost(model, List.copyOf(history))) {
            found.add(register.toString());
          }
        });
    if (isLost(new NameModel(), List.copyOf(namings))) {
      found.add("names");
    }
    return found;
  }

  private <S, O> boolean isLost(Model<S, O> model, List<Call<O>> history) {
    List<Call<O>> before = history.stream().filter(call -> call.askedNanos() < overNanos).toList();
    return Linearizability.judge(model, history) instanceof Verdict.Violated
        && Linearizability.judge(model, before) instanceof Verdict.Explained;
  }

  /** What cannot be explained, one text each; empty where all is well. */
  List<String> violations() {
    List<String> found = new ArrayList<>(surprises);
    accesses.forEach(
        (register, history) -> {
          if (Linearizability.judge(new RegisterModel(register.initial()), List.copyOf(history))
              instanceof Verdict.Violated violated) {
            found.add(register + ": " + violated.stuck());
          }
        });
    if (Linearizability.judge(new NameModel(), List.copyOf(namings))
        instanceof Verdict.Violated violated) {
      found.add("names: " + violated.stuck());
    }
    return found;
  }
}
