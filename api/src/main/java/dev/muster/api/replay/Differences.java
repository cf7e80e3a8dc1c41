package dev.muster.api.replay;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.audit.AuditEvent;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.past.PastJournal;
import dev.muster.api.catalog.past.PastState;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.read.JournalReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What differs between two instants, and the audit events between them: for every cluster, and for
 * the environment, what was and what is, and who did what, when, from where and with which
 * statement.
 */
public final class Differences {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final ObjectNode before;
  private final ObjectNode after;
  private final List<AuditTrail.Entry> trail;

  private Differences(ObjectNode before, ObjectNode after, List<AuditTrail.Entry> trail) {
    this.before = before;
    this.after = after;
    this.trail = trail;
  }

  /**
   * @param from not later than {@code to}
   * @param which clusters, by any name that they had at one of the two instants; what cannot be
   *     read of others is left out
   * @throws dev.muster.api.CatalogIncompleteException where one of those cannot be read
   */
  public static ObjectNode of(
      JournalReader journal, Instant from, Instant to, Predicate<String> which) {
    CatalogSnapshot before = PastState.readable(new PastJournal(journal, from));
    CatalogSnapshot after = PastState.readable(new PastJournal(journal, to));
    PastState.requireReadable(which, before, after);
    return new Differences(
            StateJson.of(before, from, name -> true),
            StateJson.of(after, to, name -> true),
            AuditTrail.between(journal, from, to, id -> isElsewhere(id, before, after)))
        .json(from, to, which);
  }

  /**
   * Whether it cannot be read though it is there at one of the instants: then nobody asked for it.
   */
  private static boolean isElsewhere(ClusterId id, CatalogSnapshot... states) {
    return Stream.of(states)
        .anyMatch(
            state ->
                state.damaged().containsKey(id)
                    && state.environment().state().cluster(id).isPresent());
  }

  private ObjectNode json(Instant from, Instant to, Predicate<String> which) {
    ObjectNode json = JSON.createObjectNode().put("from", from.toString()).put("to", to.toString());
    Map<ClusterId, JsonNode> old = clusters(before);
    Map<ClusterId, JsonNode> now = clusters(after);
    TreeSet<ClusterId> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    // Also those that came and went between.
    trail.forEach(entry -> entry.cluster().ifPresent(ids::add));
    ArrayNode clusters = json.putArray("clusters");
    for (ClusterId id : ids) {
      cluster(id, Optional.ofNullable(old.get(id)), Optional.ofNullable(now.get(id)), which)
          .ifPresent(clusters::add);
    }
    before.remove(List.of("clusters", "at"));
    after.remove(List.of("clusters", "at"));
    ObjectNode environment = json.putObject("environment");
    environment.set("changes", changes(Optional.of(before), Optional.of(after)));
    environment.set("events", events(Optional.empty()));
    return json;
  }

  private Optional<ObjectNode> cluster(
      ClusterId id, Optional<JsonNode> old, Optional<JsonNode> now, Predicate<String> which) {
    ArrayNode events = events(Optional.of(id));
    String name =
        now.or(() -> old)
            .map(state -> state.get("name").textValue())
            .orElseGet(() -> nameInTrail(id));
    boolean asked =
        which.test(name)
            || old.filter(state -> which.test(state.get("name").textValue())).isPresent();
    ArrayNode changes = changes(old, now);
    if (!asked || changes.isEmpty() && events.isEmpty()) {
      return Optional.empty();
    }
    String fate =
        old.isEmpty()
            ? now.isEmpty() ? "came and went" : "created"
            : now.isEmpty() ? "dropped" : "changed";
    ObjectNode json =
        JSON.createObjectNode().put("id", id.value()).put("name", name).put("fate", fate);
    json.set("changes", changes);
    json.set("events", events);
    return Optional.of(json);
  }

  private String nameInTrail(ClusterId id) {
    return trail.stream()
        .filter(entry -> entry.cluster().equals(Optional.of(id)))
        .map(entry -> Objects.toString(entry.event().details().get("cluster_name"), id.value()))
        .reduce((first, last) -> last)
        .orElse(id.value());
  }

  private static Map<ClusterId, JsonNode> clusters(ObjectNode state) {
    Map<ClusterId, JsonNode> clusters = new TreeMap<>();
    state
        .get("clusters")
        .forEach(json -> clusters.put(new ClusterId(json.get("id").textValue()), json));
    return clusters;
  }

  private ArrayNode changes(Optional<? extends JsonNode> old, Optional<? extends JsonNode> now) {
    Map<String, JsonNode> was = new TreeMap<>();
    Map<String, JsonNode> is = new TreeMap<>();
    old.ifPresent(json -> flatten("", json, was));
    now.ifPresent(json -> flatten("", json, is));
    TreeSet<String> paths = new TreeSet<>(was.keySet());
    paths.addAll(is.keySet());
    ArrayNode changes = JSON.createArrayNode();
    for (String path : paths) {
      if (!Objects.equals(was.get(path), is.get(path))) {
        ObjectNode change = changes.addObject().put("what", path);
        change.set("old", was.get(path));
        change.set("new", is.get(path));
      }
    }
    return changes;
  }

  /** Things that have an id are known by it; other lists are values. */
  private static void flatten(String path, JsonNode json, Map<String, JsonNode> into) {
    boolean ofThings =
        json.isArray()
            && StreamSupport.stream(json.spliterator(), false).allMatch(one -> one.has("id"));
    if (json.isObject()) {
      json.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else if (ofThings && !json.isEmpty()) {
      json.forEach(thing -> flatten(path + "." + thing.get("id").textValue(), thing, into));
    } else if (!json.isArray() || !json.isEmpty()) {
      into.put(path, json);
    }
  }

  private ArrayNode events(Optional<ClusterId> cluster) {
    ArrayNode events = JSON.createArrayNode();
    trail.stream()
        .filter(entry -> entry.cluster().equals(cluster))
        .forEach(entry -> events.add(event(entry.event())));
    return events;
  }

  private static ObjectNode event(AuditEvent event) {
    ObjectNode json =
        JSON.createObjectNode()
            // As text: more than a number in JSON is sure to hold.
            .put("id", Long.toString(event.at().value()))
            .put("occurred_at", event.at().instant().toString())
            .put("user", event.by().role())
            .put("event_type", event.eventType())
            .put("object_type", event.objectType());
    json.set("details", JSON.valueToTree(event.details()));
    return json;
  }
}
