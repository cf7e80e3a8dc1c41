package dev.muster.api.catalog.relation;

import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.Reconfiguration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a cluster's row that tell of its latest reconfiguration. */
final class ReconfigurationRows {
  private static final int COLUMNS = 9;
  private static final int NANO_DIGITS = 9;

  private ReconfigurationRows() {}

  static List<Object> columns(Optional<Reconfiguration> latest) {
    return latest
        .map(
            one ->
                Arrays.<Object>asList(
                    one.status().text(),
                    one.deadline(),
                    one.onTimeout().text(),
                    json(values(one.target())),
                    json(changes(one.from(), one.target())),
                    one.startedAt().instant(),
                    one.startedBy(),
                    one.since().instant(),
                    one.isInProgress() ? options(one.from(), one.target()) : null))
        .orElse(Collections.nCopies(COLUMNS, null));
  }

  /** By the option's name in the catalog. */
  private static Map<String, String> values(ReconfigurationTarget target) {
    ReplicaSettings settings = target.settings();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("size", text(target.size()));
    values.put("replication_factor", String.valueOf(target.replicationFactor()));
    values.put(
        "availability_zones",
        target.availabilityZones().stream()
            .map(ReconfigurationRows::text)
            .collect(Collectors.joining(",", "[", "]")));
    values.put("introspection_debugging", String.valueOf(settings.introspectionDebugging()));
    values.put(
        "introspection_interval",
        settings.introspectionInterval().map(interval -> text(interval.toString())).orElse("null"));
    values.put(
        "idle_arrangement_merge_effort",
        settings.idleArrangementMergeEffort().map(String::valueOf).orElse("null"));
    values.put("disk", settings.disk().map(String::valueOf).orElse("null"));
    return values;
  }

  /** What differs, each with its old and its new value. */
  private static Map<String, String> changes(
      ReconfigurationTarget from, ReconfigurationTarget target) {
    Map<String, String> before = values(from);
    Map<String, String> changes = new LinkedHashMap<>();
    values(target)
        .forEach(
            (option, value) -> {
              if (!value.equals(before.get(option))) {
                changes.put(option, "{\"old\":" + before.get(option) + ",\"new\":" + value + "}");
              }
            });
    return changes;
  }

  /** What differs, as a statement would set it: {@code SIZE = 'medium', REPLICATION FACTOR = 2}. */
  private static String options(ReconfigurationTarget from, ReconfigurationTarget target) {
    Map<String, String> before = settings(from);
    return settings(target).entrySet().stream()
        .filter(option -> !option.getValue().equals(before.get(option.getKey())))
        .map(option -> option.getKey() + " = " + option.getValue())
        .collect(Collectors.joining(", "));
  }

  /** By the option's name in SQL. */
  private static Map<String, String> settings(ReconfigurationTarget target) {
    ReplicaSettings settings = target.settings();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("SIZE", literal(target.size()));
    values.put("REPLICATION FACTOR", String.valueOf(target.replicationFactor()));
    values.put(
        "AVAILABILITY ZONES",
        target.availabilityZones().stream()
            .map(ReconfigurationRows::literal)
            .collect(Collectors.joining(", ", "(", ")")));
    values.put("INTROSPECTION DEBUGGING", String.valueOf(settings.introspectionDebugging()));
    values.put(
        "INTROSPECTION INTERVAL",
        literal(seconds(settings.introspectionInterval().orElse(Duration.ZERO)) + "s"));
    values.put(
        "IDLE ARRANGEMENT MERGE EFFORT",
        settings.idleArrangementMergeEffort().map(String::valueOf).orElse("default"));
    values.put("DISK", settings.disk().map(String::valueOf).orElse("default"));
    return values;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** As SQL writes a text. */
  private static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** As JSON writes it. */
  static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            character -> {
              if (character == '"' || character == '\\') {
                text.append('\\').append((char) character);
              } else if (character < ' ') {
                text.append("\\u%04x".formatted(character));
              } else {
                text.append((char) character);
              }
            });
    return text.append('"').toString();
  }
}
