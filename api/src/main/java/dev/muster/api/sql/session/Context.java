package dev.muster.api.sql.session;

import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.Explanation;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.statement.Change;
import dev.muster.api.sql.statement.StatementContext;
import dev.muster.api.sql.statement.Variables;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.EnvironmentState;
import java.util.Optional;
import java.util.function.Consumer;

/** One statement's view of the world: what it has looked at once stays as it was. */
final class Context implements StatementContext {
  private final String role;
  private final Optional<String> address;
  private final Muster muster;
  private final Waiting waiting;
  private final RejectionMessages rejections;
  private final Variables variables;
  private final Consumer<SqlMessage> notices;
  private EnvironmentState names;
  private CatalogSnapshot atHand;
  private CatalogSnapshot catalog;

  Context(
      String role,
      Optional<String> address,
      Muster muster,
      Waiting waiting,
      RejectionMessages rejections,
      Variables variables,
      Consumer<SqlMessage> notices) {
    this.role = role;
    this.address = address;
    this.muster = muster;
    this.waiting = waiting;
    this.rejections = rejections;
    this.variables = variables;
    this.notices = notices;
  }

  @Override
  public String role() {
    return role;
  }

  @Override
  public EnvironmentState names() {
    if (names == null) {
      names = waiting.await(muster.names());
    }
    return names;
  }

  @Override
  public CatalogSnapshot catalog() {
    if (catalog == null) {
      catalog = waiting.await(muster.readable());
    }
    return catalog;
  }

  /**
   * What there is of the present, for questions of the past: the past does not wait for it. Blocks.
   */
  CatalogSnapshot atHand() {
    if (atHand == null) {
      atHand = waiting.await(muster.atHand());
    }
    return atHand;
  }

  @Override
  public Explanation explain(Change change) {
    // As the statement's own would be: a user may have Muster's own role, and is a user all the
    // same.
    Origin origin = new Origin(role, address, Optional.empty(), Optional.of("EXPLAIN"));
    return switch (change) {
      case Change.Nothing nothing ->
          throw new IllegalArgumentException("nothing to explain: " + nothing);
      case Change.OfEnvironment asked -> waiting.await(muster.explain(asked.command(), origin));
      case Change.OfCluster asked ->
          waiting.await(muster.explain(asked.id(), asked.command(), origin));
    };
  }

  @Override
  public RejectionMessages rejections() {
    return rejections;
  }

  @Override
  public Variables variables() {
    return variables;
  }

  @Override
  public void notice(SqlMessage message) {
    notices.accept(message);
  }
}
