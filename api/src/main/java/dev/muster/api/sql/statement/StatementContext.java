package dev.muster.api.sql.statement;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.SystemParameter;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.journal.state.EnvironmentState;

/** What a statement sees of the world while it is resolved. */
public interface StatementContext {
  /** The role that the system itself acts as. */
  String SYSTEM_ROLE = "mz_system";

  /** The session's role. */
  String role();

  /** Names, owners and roles, no older than every change acknowledged before. Blocks. */
  EnvironmentState names();

  /**
   * The state of everything that can be read, no older than every change acknowledged before: see
   * {@link dev.muster.api.Muster#readable}. Blocks.
   */
  CatalogSnapshot catalog();

  /** What a change would do now. Blocks. */
  Explanation explain(Change change);

  RejectionMessages rejections();

  Variables variables();

  /** Tells the client something besides the result. */
  void notice(SqlMessage message);

  /** A variable's value; of one that is the environment's, what that has. */
  default String setting(Variables.Setting setting) {
    return SystemParameter.isKnown(setting.name())
        ? names().parameters().getOrDefault(setting.name(), setting.value())
        : setting.value();
  }

  /** Whether the system itself asks. */
  default boolean isSystem() {
    return role().equals(SYSTEM_ROLE);
  }

  default boolean isSuperuser() {
    return isSystem() || names().role(role()).filter(role -> role.superuser()).isPresent();
  }

  /** The error of a rejection that the front door foresees by itself. */
  default SqlException refused(dev.muster.api.command.Rejection rejection, String cluster) {
    return new SqlException(rejections().of(rejection, cluster));
  }
}
