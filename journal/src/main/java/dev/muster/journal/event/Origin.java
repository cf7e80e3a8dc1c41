package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Who caused an event, and with what.
 *
 * @param role the role that acted
 * @param address the client's network address, where there was a client
 * @param application the client's {@code application_name}, where it gave one
 * @param statement the SQL statement, without secrets, where there was one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Origin(
    String role,
    Optional<String> address,
    Optional<String> application,
    Optional<String> statement) {

  /** Muster itself: its reconciler, its supervisors, its start. */
  public static final Origin SYSTEM =
      new Origin("mz_system", Optional.empty(), Optional.empty(), Optional.empty());
}
