package dev.muster.api.audit;

import static dev.muster.api.audit.AuditEvent.Kind.ALTER;
import static dev.muster.api.audit.AuditEvent.Kind.COMMENT;
import static dev.muster.api.audit.AuditEvent.Kind.CREATE;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The audit of the environment: takes its events one after the other, and knows from then on what
 * each cluster was called when.
 */
public final class EnvironmentAudit {
  private static final String CLUSTER = "cluster";
  private static final String ZONE = "availability-zone";

  private final Map<ClusterId, NavigableMap<HybridTime, String>> names = new HashMap<>();

  /**
   * What the log says of the next event, in the order of the times that it has; nothing where it is
   * no change, or told by a cluster's own.
   */
  public List<AuditEvent> next(Recorded<EnvironmentEvent> recorded) {
    return switch (recorded.event()) {
      case EnvironmentEvent.EnvironmentInitialized initialized ->
          says(
              new Details().with("id", initialized.environmentId()),
              recorded,
              CREATE,
              "environment");
      case EnvironmentEvent.ClusterNamesChanged changed -> renamed(recorded, changed);
      case EnvironmentEvent.ClusterOwnerChanged changed ->
          says(
              cluster(changed.id(), recorded.at())
                  .changed("owner", changed.oldOwner(), changed.newOwner()),
              recorded,
              ALTER,
              CLUSTER);
      case EnvironmentEvent.RoleCreated created ->
          says(
              new Details()
                  .with("id", created.id())
                  .with("name", created.name())
                  .with("superuser", created.superuser())
                  .with("login", created.login())
                  .with("inherit", created.inherit()),
              recorded,
              CREATE,
              "role");
      case EnvironmentEvent.RoleCommentChanged changed ->
          says(
              new Details()
                  .with("name", changed.role())
                  .with("comment", (Object) changed.comment().orElse(null)),
              recorded,
              COMMENT,
              "role");
      case EnvironmentEvent.ZoneTakenOut taken ->
          says(
              new Details()
                  .with("name", taken.zone())
                  .changed("state", "in-service", "out-of-service")
                  .with("reason", taken.reason()),
              recorded,
              ALTER,
              ZONE);
      case EnvironmentEvent.ZoneBroughtBack back ->
          says(
              new Details()
                  .with("name", back.zone())
                  .changed("state", "out-of-service", "in-service"),
              recorded,
              ALTER,
              ZONE);
      case EnvironmentEvent.SystemParameterChanged changed ->
          says(
              new Details()
                  .with("name", changed.name())
                  .changed(
                      "value",
                      (Object) changed.oldValue().orElse(null),
                      changed.newValue().orElse(null)),
              recorded,
              ALTER,
              "system");
      // A witness of the others.
      case EnvironmentEvent.ChainsCheckpointed ignored -> List.of();
      case EnvironmentEvent.ClusterCreationStarted started -> {
        name(started.id(), recorded.at(), started.name());
        yield List.of();
      }
      // The lead of what clusters do, and tell by events of their own.
      case EnvironmentEvent.ClusterCreationFinished ignored -> List.of();
      case EnvironmentEvent.ClusterDropStarted ignored -> List.of();
      case EnvironmentEvent.ClusterDropFinished ignored -> List.of();
      case EnvironmentEvent.ReplicaDropStarted ignored -> List.of();
      case EnvironmentEvent.ReplicaDropFinished ignored -> List.of();
    };
  }

  /** What a cluster was called at a time; its id where nothing is known of it. */
  public String nameOf(ClusterId id, HybridTime at) {
    NavigableMap<HybridTime, String> called = names.get(id);
    Map.Entry<HybridTime, String> entry = called == null ? null : called.floorEntry(at);
    return entry == null ? id.value() : entry.getValue();
  }

  private void name(ClusterId id, HybridTime at, String name) {
    names.computeIfAbsent(id, ignored -> new TreeMap<>()).put(at, name);
  }

  /** One row for each; what has no times for that lists all that it names anew. */
  private List<AuditEvent> renamed(
      Recorded<EnvironmentEvent> recorded, EnvironmentEvent.ClusterNamesChanged changed) {
    changed.changes().forEach(change -> name(change.id(), recorded.at(), change.newName()));
    if (changed.changes().size() > 1 && !changed.timesApart()) {
      List<Object> changes = new ArrayList<>();
      changed.changes().forEach(change -> changes.add(renaming(change).values()));
      return says(new Details().with("changes", changes), recorded, ALTER, CLUSTER);
    }
    List<AuditEvent> rows = new ArrayList<>();
    int left = changed.changes().size();
    for (NameChange change : changed.changes()) {
      rows.add(
          renaming(change)
              .with("cluster_id", change.id().value())
              .with("cluster_name", change.newName())
              .event(recorded.at().earlier(--left), recorded.by(), ALTER, CLUSTER));
    }
    return rows;
  }

  private static Details renaming(NameChange change) {
    return new Details()
        .with("id", change.id().value())
        .changed("name", change.oldName(), change.newName());
  }

  private Details cluster(ClusterId id, HybridTime at) {
    String name = nameOf(id, at);
    return new Details()
        .with("id", id.value())
        .with("name", name)
        .with("cluster_id", id.value())
        .with("cluster_name", name);
  }

  private static List<AuditEvent> says(
      Details details, Recorded<EnvironmentEvent> recorded, AuditEvent.Kind kind, String object) {
    return List.of(details.event(recorded.at(), recorded.by(), kind, object));
  }
}
