package dev.muster.journal.verify;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ChainsCheckpointed;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Verifies a journal: first the environment, which witnesses the others, then every cluster. */
public final class JournalVerifier {
  private final RawJournal journal;
  private final Map<String, LiveState> live;
  private final Optional<Anchor> anchor;
  private final Map<String, List<Witness>> checkpointed = new HashMap<>();
  private final Map<String, Sequenced<EnvironmentEvent>> created = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int entities;
  private long events;
  private long unchained;
  private int checkpoints;
  private int snapshots;
  private int states;

  /**
   * What an earlier verification said of the environment's last event, and somebody kept elsewhere.
   */
  public record Anchor(long sequenceNumber, String hash) {}

  private JournalVerifier(
      RawJournal journal, Map<String, LiveState> live, Optional<Anchor> anchor) {
    this.journal = journal;
    this.live = live;
    this.anchor = anchor;
  }

  /**
   * @param live what a running Muster says of its entities, asked before the journal was opened;
   *     empty where none runs
   */
  public static Verdict verify(
      RawJournal journal, Map<String, LiveState> live, Optional<Anchor> anchor) {
    return new JournalVerifier(journal, live, anchor).verify();
  }

  private Verdict verify() {
    // First: what is created meanwhile, the environment then knows of already.
    List<String> allStored = journal.persistenceIds();
    EntityCheck<EnvironmentEvent, EnvironmentState> environment = environment();
    Set<String> clusters = new LinkedHashSet<>();
    environment.state().ifPresent(state -> clusters.addAll(everyCluster(state)));
    boolean allKnown = environment.state().isPresent();
    for (String stored : allStored) {
      if (clusters.add(stored) && !stored.equals(PersistenceIds.environment())) {
        if (allKnown && PersistenceIds.isCluster(stored)) {
          unknown.add(stored);
        } else if (allKnown) {
          notes.add("the environment knows nothing of " + stored + ", which has a journal");
        }
      }
    }
    clusters.addAll(checkpointed.keySet());
    clusters.remove(PersistenceIds.environment());
    clusters.forEach(this::cluster);
    findings.sort(Comparator.comparing(Finding::near));
    return new Verdict(
        entities,
        events,
        unchained,
        checkpoints,
        snapshots,
        states,
        environment.events(),
        environment.head(),
        findings,
        notes);
  }

  private EntityCheck<EnvironmentEvent, EnvironmentState> environment() {
    String id = PersistenceIds.environment();
    List<Witness> witnesses =
        anchor.map(kept -> new Witness("the anchor", kept.sequenceNumber(), kept.hash())).stream()
            .toList();
    return finished(
        new EntityCheck<EnvironmentEvent, EnvironmentState>(
                id,
                EnvironmentEvent.class,
                EnvironmentState.EMPTY,
                (state, at, event) -> state.evolve(at, event))
            .witnessed(witnesses)
            .each(this::note),
        id);
  }

  private void note(Sequenced<EnvironmentEvent> event) {
    if (event.recorded().event() instanceof ClusterCreationFinished finished) {
      created.put(PersistenceIds.cluster(finished.id()), event);
    }
    if (event.recorded().event() instanceof ChainsCheckpointed checkpoint) {
      checkpoints++;
      String who = "event " + event.sequenceNumber() + " of " + PersistenceIds.environment();
      for (ChainHead head : checkpoint.heads()) {
        checkpointed
            .computeIfAbsent(PersistenceIds.cluster(head.cluster()), any -> new ArrayList<>())
            .add(new Witness(who, head.sequenceNumber(), head.hash()));
      }
    }
  }

  private void cluster(String id) {
    EntityCheck<ClusterEvent, ClusterState> check =
        finished(
            new EntityCheck<ClusterEvent, ClusterState>(
                    id,
                    ClusterEvent.class,
                    new ClusterState.Absent(),
                    (state, at, event) -> state.evolve(at, event))
                .witnessed(checkpointed.getOrDefault(id, List.of())),
            id);
    if (unknown.contains(id)) {
      beyond(id, check);
    } else if (check.events() == 0 && check.findings().isEmpty() && created.containsKey(id)) {
      vanished(id, created.get(id));
    }
  }

  /** The environment gives the id, and journals that, before the cluster has its first event. */
  private void beyond(String id, EntityCheck<ClusterEvent, ClusterState> check) {
    findings.add(
        new Finding(
            id,
            1,
            check.began().instant(),
            "is of a cluster that %s knows nothing of: its event that began it is missing"
                .formatted(PersistenceIds.environment())));
  }

  /** No cluster loses its events, not even by being dropped. */
  private void vanished(String id, Sequenced<EnvironmentEvent> creation) {
    findings.add(
        Finding.allMissing(
            id,
            creation.recorded().at().instant(),
            "event %d of %s says that the cluster was created"
                .formatted(creation.sequenceNumber(), PersistenceIds.environment())));
  }

  private <E, S> EntityCheck<E, S> finished(EntityCheck<E, S> check, String id) {
    check
        .snapshots(journal.snapshots(id))
        .live(Optional.ofNullable(live.get(id)))
        .verify(journal.events(id), journal.writersMayCollide());
    entities += check.events() > 0 ? 1 : 0;
    events += check.events();
    unchained += check.unchained();
    snapshots += check.snapshotsCompared();
    states += check.statesCompared();
    findings.addAll(check.findings());
    notes.addAll(check.notes());
    return check;
  }

  /** Every number up to the last was a cluster once. */
  private static List<String> everyCluster(EnvironmentState state) {
    List<String> ids = new ArrayList<>();
    LongStream.rangeClosed(1, state.lastSystemId())
        .mapToObj(ClusterId::system)
        .map(PersistenceIds::cluster)
        .forEach(ids::add);
    LongStream.rangeClosed(1, state.lastUserId())
        .mapToObj(ClusterId::user)
        .map(PersistenceIds::cluster)
        .forEach(ids::add);
    return ids;
  }
}
