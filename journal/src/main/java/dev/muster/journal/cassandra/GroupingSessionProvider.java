package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.CqlSessionProvider;
import org.apache.pekko.stream.connectors.cassandra.DefaultSessionProvider;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/** Connects as the plugin does by itself, and puts a {@link GroupingSession} before what it got. */
public final class GroupingSessionProvider implements CqlSessionProvider {
  private final CqlSessionProvider provider;
  private final WriteFence fence;
  private final String table;
  private final WriteGroups.Limits limits;

  /** As the plugin makes its providers. */
  public GroupingSessionProvider(ActorSystem system, Config plugin) {
    this.provider = new DefaultSessionProvider(system, plugin);
    this.fence = WriteFence.of(system);
    this.table = plugin.getString("journal.keyspace") + "." + plugin.getString("journal.table");
    Config groups = system.settings().config().getConfig("muster.journal.cassandra.write-groups");
    this.limits =
        new WriteGroups.Limits(
            groups.getInt("writes"),
            Math.toIntExact(groups.getBytes("bytes")),
            groups.getInt("under-way"));
  }

  @Override
  public Future<CqlSession> connect(ExecutionContext executor) {
    return provider
        .connect(executor)
        .map(session -> new GroupingSession(session, fence, table, limits), executor);
  }
}
