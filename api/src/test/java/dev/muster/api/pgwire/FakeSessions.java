package dev.muster.api.pgwire;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSessions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that understand the small language of {@link FakeSession}. */
public final class FakeSessions implements SqlSessions {
  private final Queue<SessionRequest> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger cancels = new AtomicInteger();

  @Override
  public SqlSession open(SessionRequest request) {
    if (request.parameters().getOrDefault("user", "").equals("stranger")) {
      throw new SqlException(
          SqlMessage.error("28000", "role \"stranger\" does not exist")
              .withSeverity(Severity.FATAL));
    }
    requests.add(request);
    open.incrementAndGet();
    return new FakeSession(open::decrementAndGet, cancels::incrementAndGet);
  }

  /** Who has begun a session, in order. */
  public List<SessionRequest> requests() {
    return List.copyOf(requests);
  }

  /** How often a statement was told to stop. */
  public int cancelCount() {
    return cancels.get();
  }

  public int openCount() {
    return open.get();
  }
}
