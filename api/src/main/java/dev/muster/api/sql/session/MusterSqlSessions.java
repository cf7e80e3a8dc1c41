package dev.muster.api.sql.session;

import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.metrics.StatementMetrics;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSessions;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.state.Role;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Opens conversations: the one implementation of the SQL pipeline's front. Safe for use by many
 * threads.
 */
public final class MusterSqlSessions implements SqlSessions {
  /** Roles of the system: the internal door is theirs, and no other. */
  private static final Set<String> SYSTEM_ROLES = Set.of("mz_system", "mz_support");

  /** Parameters of the start-up message that are no session variables. */
  private static final Set<String> NO_VARIABLES = Set.of("user", "options", "replication");

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

  private final Muster muster;
  private final CatalogQueries queries;
  private final RejectionMessages rejections;
  private final int replicasPerClusterMax;
  private final StatementMetrics metrics;

  /**
   * @param replicasPerClusterMax the system parameter {@code max_replicas_per_cluster}, shown only
   * @param metrics where statements are counted
   */
  public MusterSqlSessions(
      Muster muster,
      CatalogQueries queries,
      SizeCatalogue sizes,
      int replicasPerClusterMax,
      StatementMetrics metrics) {
    this.muster = muster;
    this.queries = queries;
    this.rejections = new RejectionMessages(sizes);
    this.replicasPerClusterMax = replicasPerClusterMax;
    this.metrics = metrics;
  }

  @Override
  public SqlSession open(SessionRequest request) {
    String user = request.parameters().get("user");
    if (user == null || user.isEmpty()) {
      throw fatal(
          SqlMessage.error(
              SqlErrors.INVALID_AUTHORIZATION,
              "no PostgreSQL user name specified in startup packet"));
    }
    if (SYSTEM_ROLES.contains(user) != request.internal()) {
      throw fatal(
          SqlMessage.error(
                  SqlErrors.INVALID_AUTHORIZATION, "unauthorized login to user '" + user + "'")
              .withHint("The internal port is for mz_system, and mz_system for it alone."));
    }
    Role role = role(user);
    SessionVariables variables = new SessionVariables();
    variables.fix("session_authorization", user);
    variables.fix("is_superuser", role.superuser() ? "on" : "off");
    variables.fix("max_replicas_per_cluster", Integer.toString(replicasPerClusterMax));
    Conversation conversation =
        new Conversation(
            user, muster, queries, rejections, variables, metrics, address(request.client()));
    startUp(variables, conversation, request.parameters());
    return conversation;
  }

  private Role role(String user) {
    Waiting waiting = new Waiting();
    waiting.begin(OPEN_TIMEOUT);
    Optional<Role> role;
    try {
      role = waiting.await(muster.names()).role(user);
    } catch (SqlException e) {
      throw fatal(e.sqlMessage());
    } finally {
      waiting.close();
    }
    if (role.isEmpty()) {
      throw fatal(
          SqlMessage.error(
                  SqlErrors.INVALID_AUTHORIZATION,
                  "role " + SqlErrors.quoted(user) + " does not exist")
              .withHint("A fresh installation has the role \"materialize\": psql -U materialize"));
    }
    if (!role.get().login() && !SYSTEM_ROLES.contains(user)) {
      throw fatal(
          SqlMessage.error(
              SqlErrors.INVALID_AUTHORIZATION,
              "role " + SqlErrors.quoted(user) + " is not permitted to log in"));
    }
    return role.get();
  }

  private static SqlException fatal(SqlMessage message) {
    return new SqlException(message.withSeverity(SqlMessage.Severity.FATAL));
  }

  /**
   * What cannot be set is told with the first statement and otherwise ignored, as clients expect.
   */
  private static void startUp(
      SessionVariables variables, Conversation conversation, Map<String, String> parameters) {
    new TreeMap<>(parameters)
        .forEach(
            (name, value) -> {
              if (NO_VARIABLES.contains(name) || name.startsWith("_pq_.")) {
                return;
              }
              try {
                variables.startUp(name, value);
              } catch (SqlException e) {
                conversation.tellLater(
                    SqlMessage.notice(
                        e.sqlMessage().sqlState(),
                        "startup setting " + name + " not set: " + e.sqlMessage().message()));
              }
            });
  }

  private static Optional<String> address(SocketAddress client) {
    return switch (client) {
      case null -> Optional.empty();
      case InetSocketAddress internet when internet.getAddress() != null ->
          Optional.of(internet.getAddress().getHostAddress());
      default -> Optional.of(client.toString());
    };
  }
}
