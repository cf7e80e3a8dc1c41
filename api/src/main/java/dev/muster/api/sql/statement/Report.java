package dev.muster.api.sql.statement;

import dev.muster.api.session.Column;
import dev.muster.api.sql.tree.AsOf;
import java.util.List;
import java.util.Optional;

/** A statement that returns rows which the catalog's engine is not needed for. */
public non-sealed interface Report extends Executable {
  /** All are texts. */
  List<Column> columns();

  /** At least one. */
  List<List<Object>> rows(StatementContext context);

  /** Whether the rows depend on what data definitions change: then it is a read like a query. */
  default boolean readsCatalog() {
    return false;
  }

  /** The instant that it asks of; empty for now. */
  default Optional<AsOf> asOf() {
    return Optional.empty();
  }

  @Override
  default String tag() {
    return "SHOW";
  }
}
