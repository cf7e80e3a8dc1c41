package dev.muster.journal.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits behind a request, what does not, and what becomes of it when the node is removed. */
class GroupingSessionTest {
  /** As the plugin sends several events; that it has none in it is of no account here. */
  private static final BatchStatement EVENTS =
      BatchStatement.newInstance(DefaultBatchType.UNLOGGED);

  private static final SimpleStatement QUESTION = SimpleStatement.newInstance("SELECT 1");

  private final ActorTestKit kit = ActorTestKit.create();
  private final List<Statement<?>> sent = new ArrayList<>();
  private final List<CompletableFuture<AsyncResultSet>> answers = new ArrayList<>();
  private final AtomicBoolean member = new AtomicBoolean(true);
  private CqlSession session;

  @BeforeEach
  void connect() {
    WriteFence fence = WriteFence.of(kit.system().classicSystem());
    fence.guardBy(member::get, member::get);
    session =
        new GroupingSession(
            cassandra(), fence, "muster.messages", new WriteGroups.Limits(10, 10_000, 1));
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  /** A session that notes what it is asked to execute, and answers when the test says. */
  private CqlSession cassandra() {
    InvocationHandler note =
        (proxy, method, arguments) -> {
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          sent.add((Statement<?>) arguments[0]);
          answers.add(new CompletableFuture<>());
          return answers.getLast();
        };
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, note);
  }

  private CompletableFuture<AsyncResultSet> execute(Statement<?> statement) {
    return session.executeAsync(statement).toCompletableFuture();
  }

  @Test
  void questionsDoNotWaitForWrites() {
    execute(EVENTS);
    execute(EVENTS);
    execute(QUESTION);

    assertEquals(List.of(EVENTS, QUESTION), sent);
  }

  @Test
  void otherBatchesDoNotWaitEither() {
    BatchStatement logged = BatchStatement.newInstance(DefaultBatchType.LOGGED);
    execute(EVENTS);
    execute(logged);

    assertEquals(List.of(EVENTS, logged), sent);
  }

  @Test
  void whatWaitedIsNotSentOnceTheStandingIsOver() {
    CompletableFuture<AsyncResultSet> first = execute(EVENTS);
    CompletableFuture<AsyncResultSet> second = execute(EVENTS);
    member.set(false);
    answers.getFirst().complete(null);

    first.join();
    CompletionException refused = assertThrows(CompletionException.class, second::join);
    assertInstanceOf(NotOursException.class, refused.getCause());
    assertEquals(1, sent.size());
  }

  @Test
  void whatWaitedIsSentWhereItHolds() {
    execute(EVENTS);
    CompletableFuture<AsyncResultSet> second = execute(EVENTS);
    answers.getFirst().complete(null);

    assertEquals(2, sent.size());
    assertFalse(second.isDone());
  }
}
