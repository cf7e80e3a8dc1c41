package dev.muster.api.sql.session;

/**
 * A session variable.
 *
 * @param name as it is shown; found without regard to case
 * @param reported whether clients are told of it at the start and whenever it changes
 */
record VariableDefinition(
    String name, String defaultValue, VariableKind kind, boolean reported, String description) {}
