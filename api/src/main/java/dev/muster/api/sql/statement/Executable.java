package dev.muster.api.sql.statement;

/** A statement that can be carried out. */
public sealed interface Executable
    permits DataDefinition, CatalogQuery, Report, SessionStatement, TransactionControl {
  /** The command tag, as in {@code CREATE CLUSTER}; also how messages call the statement. */
  String tag();
}
