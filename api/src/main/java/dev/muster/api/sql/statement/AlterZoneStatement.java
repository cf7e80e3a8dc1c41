package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.error.SqlErrors;

/**
 * {@code ALTER AVAILABILITY ZONE .. SET OFFLINE / ONLINE}: ours alone. Offline is lost: whatever
 * runs in the zone ends, and is placed anew in those left.
 *
 * @param command takes the zone out, or brings it back
 */
record AlterZoneStatement(EnvironmentCommand command) implements DataDefinition {
  @Override
  public String tag() {
    return "ALTER AVAILABILITY ZONE";
  }

  @Override
  public void authorize(StatementContext context) {
    if (!context.isSuperuser()) {
      throw SqlErrors.error(SqlErrors.INSUFFICIENT_PRIVILEGE, "permission denied for SYSTEM")
          .withDetail("Only superusers take availability zones offline and bring them back.");
    }
  }

  @Override
  public Change resolve(StatementContext context) {
    return new Change.OfEnvironment(command);
  }
}
