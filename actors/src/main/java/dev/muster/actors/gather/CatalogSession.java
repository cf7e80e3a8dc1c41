package dev.muster.actors.gather;

import dev.muster.actors.gather.CatalogPart.Row;
import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one asker has been told of this node's rows: each answer holds what has changed since, cut
 * where it would get too long for a message. Not safe for use by many threads.
 */
final class CatalogSession {
  /**
   * How much there is in one part, roughly.
   *
   * @param bytes of states; frames hold several times the usual
   */
  record Size(int bytes, int observations) {
    static final Size USUAL = new Size(1 << 20, 2000);
  }

  private final String node;
  private final Size size;
  private final Rows encoder;
  private final Set<ClusterId> clusters = new LinkedHashSet<>();
  private final Set<ReplicaId> observations = new LinkedHashSet<>();
  private CatalogSnapshot told = CatalogSnapshot.EMPTY;
  private long number;
  private long round;

  /**
   * @param encoder of all sessions of the node
   */
  CatalogSession(String node, Size size, Rows encoder) {
    this.node = node;
    this.size = size;
    this.encoder = encoder;
  }

  /**
   * The answer to a question.
   *
   * @param now taken after the question had arrived
   */
  CatalogPart answer(CatalogQuestion question, CatalogSnapshot now, List<HostLoad> hosts) {
    boolean whole = number == 0 || question.known() != number;
    if (whole) {
      told = CatalogSnapshot.EMPTY;
      clusters.clear();
      observations.clear();
    }
    boolean newRound = whole || question.round() != round;
    round = question.round();
    boolean environmentIsNew = told.environment() != now.environment();
    CatalogSnapshot shown = newRound ? now : told;
    if (newRound) {
      clusters.addAll(changedClusters(now));
      observations.addAll(changedObservations(now));
      told = now;
    }
    number++;
    List<Row> rows = new ArrayList<>();
    List<ClusterId> gone = new ArrayList<>();
    List<CatalogPart.Damaged> damaged = new ArrayList<>();
    takeClusters(shown, rows, gone, damaged);
    List<ReplicaObservation> seen = new ArrayList<>();
    List<ReplicaId> unseen = new ArrayList<>();
    takeObservations(shown, seen, unseen);
    boolean here = shown.environment().state().environmentId().isPresent();
    return new CatalogPart(
        node,
        number,
        question.known(),
        round,
        whole,
        clusters.isEmpty() && observations.isEmpty(),
        newRound && here && environmentIsNew
            ? Optional.of(encoder.of("", shown.environment()))
            : Optional.empty(),
        here,
        rows,
        gone,
        seen,
        unseen,
        hosts,
        damaged);
  }

  private Collection<ClusterId> changedClusters(CatalogSnapshot now) {
    return now.stateChange().clustersSince(told.stateChange()).orElseGet(() -> differing(now));
  }

  private Set<ClusterId> differing(CatalogSnapshot now) {
    return Stream.of(now.clusters(), told.clusters(), now.damaged(), told.damaged())
        .flatMap(known -> known.keySet().stream())
        .filter(
            id ->
                told.clusters().get(id) != now.clusters().get(id)
                    || !Objects.equals(told.damaged().get(id), now.damaged().get(id)))
        .collect(Collectors.toSet());
  }

  private Collection<ReplicaId> changedObservations(CatalogSnapshot now) {
    return now.observationChange()
        .replicasSince(told.observationChange())
        .orElseGet(
            () ->
                Stream.concat(
                        now.observations().keySet().stream(), told.observations().keySet().stream())
                    .collect(Collectors.toSet()));
  }

  private void takeClusters(
      CatalogSnapshot shown,
      List<Row> rows,
      List<ClusterId> gone,
      List<CatalogPart.Damaged> damaged) {
    int bytes = 0;
    Iterator<ClusterId> next = clusters.iterator();
    while (bytes < size.bytes() && next.hasNext()) {
      ClusterId id = next.next();
      next.remove();
      Published<ClusterState> published = shown.clusters().get(id);
      if (published == null) {
        gone.add(id);
        String reason = shown.damaged().get(id);
        if (reason != null) {
          damaged.add(new CatalogPart.Damaged(id, reason));
          bytes += reason.length();
        }
      } else {
        Row row = encoder.of(id.value(), published);
        rows.add(row);
        bytes += row.state().length;
      }
    }
  }

  private void takeObservations(
      CatalogSnapshot shown, List<ReplicaObservation> seen, List<ReplicaId> unseen) {
    Iterator<ReplicaId> next = observations.iterator();
    while (seen.size() + unseen.size() < size.observations() && next.hasNext()) {
      ReplicaId id = next.next();
      next.remove();
      ReplicaObservation observation = shown.observations().get(id);
      if (observation == null) {
        unseen.add(id);
      } else {
        seen.add(observation);
      }
    }
  }
}
