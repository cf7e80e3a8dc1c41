package dev.muster.api.catalog.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.api.audit.AuditEvent;
import dev.muster.api.audit.ClusterAudit;
import dev.muster.api.audit.EnvironmentAudit;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Recorded;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the rows of the audit log from events as they are read, each entity's in their order. */
final class AuditRows {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final EnvironmentAudit environment = new EnvironmentAudit();
  private final Map<ClusterId, Progress> clusters = new HashMap<>();

  /** Clusters whose drop was decided: no new name follows. */
  private final Set<ClusterId> leaving = new HashSet<>();

  /** How far the audit of one cluster is. */
  private static final class Progress {
    private final ClusterAudit audit;
    private HybridTime latest = HybridTime.ZERO;
    private boolean ended;

    Progress(ClusterId id) {
      this.audit = new ClusterAudit(id);
    }
  }

  void add(Recorded<EnvironmentEvent> recorded, HistoryRows rows) {
    environment.next(recorded).forEach(event -> row(event, Optional.empty(), rows));
    if (recorded.event() instanceof EnvironmentEvent.ClusterNamesChanged changed) {
      for (NameChange change : changed.changes()) {
        Progress progress = clusters.get(change.id());
        // Entities are read one after the other: of this cluster later events were read before.
        if (progress != null && progress.latest.compareTo(recorded.at()) > 0) {
          rows.renamings()
              .add(new HistoryRows.Renaming(change.id(), recorded.at(), change.newName()));
        }
      }
    }
    if (recorded.event() instanceof EnvironmentEvent.ClusterDropStarted started) {
      started.ids().forEach(this::leaves);
    }
  }

  private void leaves(ClusterId id) {
    Progress progress = clusters.get(id);
    if (progress != null && progress.ended) {
      clusters.remove(id);
    } else {
      leaving.add(id);
    }
  }

  void add(ClusterId id, Recorded<ClusterEvent> recorded, HistoryRows rows) {
    Progress progress = clusters.computeIfAbsent(id, Progress::new);
    progress.latest = recorded.at();
    progress
        .audit
        .next(recorded, at -> environment.nameOf(id, at))
        .forEach(event -> row(event, Optional.of(id), rows));
  }

  /** No event of the cluster follows; but a name of its that was not read yet may. */
  void ended(ClusterId id) {
    Progress progress = clusters.get(id);
    if (leaving.remove(id)) {
      clusters.remove(id);
    } else if (progress != null) {
      progress.ended = true;
    }
  }

  private static void row(AuditEvent event, Optional<ClusterId> id, HistoryRows rows) {
    rows.audit()
        .add(
            Arrays.asList(
                id.map(ClusterId::value).orElse(null),
                event.at().value(),
                event.eventType(),
                event.objectType(),
                text(event.details()),
                event.by().role(),
                event.at().instant()));
  }

  private static String text(Map<String, Object> details) {
    try {
      return JSON.writeValueAsString(details);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("not JSON: " + details, impossible);
    }
  }
}
