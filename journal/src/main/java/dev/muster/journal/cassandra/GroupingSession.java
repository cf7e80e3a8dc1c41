package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import com.datastax.oss.driver.internal.core.session.SessionWrapper;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A session that sends the events of several entities in one request where they come while another
 * is under way, see {@link WriteGroups}. Everything else goes its way as it comes.
 *
 * <p>The {@link WriteFence} is asked again right before a request is sent, since the driver gives
 * it the time by which Cassandra orders two writers then, and not when the write began to wait.
 */
final class GroupingSession extends SessionWrapper implements CqlSession {
  private final CqlSession session;
  private final WriteFence fence;
  private final String insert;
  private final WriteGroups<Statement<?>, AsyncResultSet> groups;

  /**
   * @param table that of the events, with its keyspace
   */
  GroupingSession(CqlSession session, WriteFence fence, String table, WriteGroups.Limits limits) {
    super(session);
    this.session = session;
    this.fence = fence;
    this.insert = "INSERT INTO " + table + " ";
    this.groups = new WriteGroups<>(limits, this::send, GroupingSession::isRefused);
  }

  @Override
  @SuppressWarnings("unchecked") // what the driver answers to requests of this type
  public <RequestT extends Request, ResultT> ResultT execute(
      RequestT request, GenericType<ResultT> resultType) {
    return Statement.ASYNC.equals(resultType)
            && request instanceof Statement<?> statement
            && writesEvents(statement)
        ? (ResultT) groups.write(statement, bytes(statement))
        : super.execute(request, resultType);
  }

  private boolean writesEvents(Statement<?> statement) {
    return switch (statement) {
      case BoundStatement bound -> insertsEvent(bound);
      case BatchStatement batch when batch.getBatchType() == BatchType.UNLOGGED -> {
        for (BatchableStatement<?> one : batch) {
          if (!(one instanceof BoundStatement bound) || !insertsEvent(bound)) {
            yield false;
          }
        }
        yield true;
      }
      default -> false;
    };
  }

  private boolean insertsEvent(BoundStatement bound) {
    return bound.getPreparedStatement().getQuery().strip().startsWith(insert);
  }

  private static int bytes(Statement<?> statement) {
    int bytes = 0;
    if (statement instanceof BoundStatement bound) {
      for (ByteBuffer value : bound.getValues()) {
        bytes += value == null ? 0 : value.remaining();
      }
    } else if (statement instanceof BatchStatement batch) {
      for (BatchableStatement<?> one : batch) {
        bytes += bytes(one);
      }
    }
    return bytes;
  }

  private CompletionStage<AsyncResultSet> send(List<Statement<?>> writes) {
    if (!fence.mayBegin()) {
      return CompletableFuture.failedFuture(new NotOursException(false));
    }
    return session.executeAsync(writes.size() == 1 ? writes.getFirst() : batch(writes));
  }

  private static BatchStatement batch(List<Statement<?>> writes) {
    Statement<?> first = writes.getFirst();
    BatchStatementBuilder batch =
        BatchStatement.builder(DefaultBatchType.UNLOGGED)
            .setExecutionProfileName(first.getExecutionProfileName())
            .setExecutionProfile(first.getExecutionProfile())
            .setIdempotence(first.isIdempotent());
    for (Statement<?> write : writes) {
      if (write instanceof BatchStatement several) {
        several.forEach(batch::addStatement);
      } else if (write instanceof BoundStatement one) {
        batch.addStatement(one);
      }
    }
    return batch.build();
  }

  /**
   * As where one of them is larger than Cassandra takes. Some may be written by then: the same row
   * once more is no other row.
   */
  private static boolean isRefused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof QueryValidationException || cause instanceof WriteFailureException;
  }
}
