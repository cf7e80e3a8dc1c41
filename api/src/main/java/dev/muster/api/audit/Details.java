package dev.muster.api.audit;

import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The details of one audit event in the making, in the order in which they are given. */
final class Details {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Details with(String key, Object value) {
    values.put(key, value);
    return this;
  }

  /** A key without a value is left out. */
  Details with(String key, Optional<?> value) {
    value.ifPresent(present -> values.put(key, present));
    return this;
  }

  /** The texts {@code old_KEY} and {@code new_KEY}; null stands for none. */
  Details changed(String key, Object before, Object after) {
    values.put("old_" + key, before);
    values.put("new_" + key, after);
    return this;
  }

  Map<String, Object> values() {
    return values;
  }

  /**
   * With what is told of every event: from where, by which program, with which statement.
   *
   * @param at the one of the event's times that this row has
   */
  AuditEvent event(HybridTime at, Origin by, AuditEvent.Kind kind, String objectType) {
    with("address", by.address());
    with("application_name", by.application());
    with("statement", by.statement());
    return new AuditEvent(at, by, kind.name().toLowerCase(Locale.ROOT), objectType, values);
  }
}
