package dev.muster.api.audit;

import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of {@code mz_catalog.mz_audit_events}.
 *
 * @param at unique within the environment: the id of the row
 * @param eventType {@code create}, {@code alter}, {@code drop} or {@code comment}
 * @param objectType {@code cluster}, {@code cluster-replica}, {@code role}, ...
 * @param details values are texts, numbers, booleans, lists and maps of these, in the order in
 *     which they are shown
 */
public record AuditEvent(
    HybridTime at, Origin by, String eventType, String objectType, Map<String, Object> details) {
  public AuditEvent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** What was done. */
  enum Kind {
    CREATE,
    ALTER,
    DROP,
    COMMENT
  }
}
