package dev.muster.api.sql.analysis;

import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the options of one replica ask for. */
public final class ReplicaAnalysis {
  private ReplicaAnalysis() {}

  /**
   * @param system whether the system itself asks, which alone may use {@code INTERNAL} and {@code
   *     BILLED AS}
   */
  public static ReplicaPlan plan(String name, List<Option> given, boolean system) {
    OptionReader options = new OptionReader(given);
    refuseSystemOptions(options, system);
    boolean internal = options.flag(OptionName.INTERNAL).orElse(false);
    Optional<String> billedAs = options.text(OptionName.BILLED_AS);
    if (billedAs.isPresent() && !internal) {
      throw SqlErrors.invalid("BILLED AS may only be specified for INTERNAL replicas");
    }
    return new ReplicaPlan(
        name,
        options
            .text(OptionName.SIZE)
            .orElseThrow(() -> SqlErrors.invalid("SIZE option must be specified")),
        options.text(OptionName.AVAILABILITY_ZONE),
        settings(options),
        internal,
        billedAs);
  }

  private static void refuseSystemOptions(OptionReader options, boolean system) {
    for (OptionName name : List.of(OptionName.INTERNAL, OptionName.BILLED_AS)) {
      if (options.has(name) && !system) {
        throw SqlErrors.error(
            SqlErrors.INSUFFICIENT_PRIVILEGE,
            name.sql() + " may only be specified by the role \"mz_system\"");
      }
    }
  }

  /** The options that replicas and managed clusters share. */
  static ReplicaSettings settings(OptionReader options) {
    Optional<Duration> interval =
        options
            .interval(OptionName.INTROSPECTION_INTERVAL)
            .orElse(ReplicaSettings.DEFAULT.introspectionInterval());
    boolean debugging = options.flag(OptionName.INTROSPECTION_DEBUGGING).orElse(false);
    if (debugging && interval.isEmpty()) {
      throw SqlErrors.invalid(RejectionMessages.DEBUGGING_WITHOUT_INTERVAL);
    }
    return new ReplicaSettings(
        interval,
        debugging,
        options.count(OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT),
        options.flag(OptionName.DISK));
  }
}
