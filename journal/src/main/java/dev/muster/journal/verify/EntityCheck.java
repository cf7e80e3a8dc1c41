package dev.muster.journal.verify;

import dev.muster.journal.codec.ChainedSnapshot;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalFormatException;
import dev.muster.journal.codec.JournalSerializer;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.read.NewestWriter;
import dev.muster.journal.state.ImpossibleEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Verifies one entity.
 *
 * @param <E> its events
 * @param <S> its state
 */
final class EntityCheck<E, S> {
  /** What an event makes of a state; throws {@link ImpossibleEventException}. */
  interface Fold<E, S> {
    S evolve(S state, HybridTime at, E event);
  }

  private final String persistenceId;
  private final Class<E> family;
  private final Fold<E, S> fold;
  private final ChainCheck chain;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<Long, List<Witness>> witnesses = new TreeMap<>();
  private final Map<Long, List<RawSnapshot>> snapshots = new TreeMap<>();
  private Optional<LiveState> live = Optional.empty();
  private Consumer<Sequenced<E>> each = event -> {};

  /** Empty once the events make no sense any more. */
  private Optional<S> state;

  private long number;
  private long events;
  private int snapshotsCompared;
  private int statesCompared;
  private HybridTime began = HybridTime.ZERO;
  private HybridTime latest = HybridTime.ZERO;
  private List<RawEvent> superseded = List.of();

  EntityCheck(String persistenceId, Class<E> family, S empty, Fold<E, S> fold) {
    this.persistenceId = persistenceId;
    this.family = family;
    this.fold = fold;
    this.state = Optional.of(empty);
    this.chain = new ChainCheck(persistenceId);
  }

  EntityCheck<E, S> witnessed(List<Witness> known) {
    known.forEach(
        witness ->
            witnesses
                .computeIfAbsent(witness.sequenceNumber(), any -> new ArrayList<>())
                .add(witness));
    return this;
  }

  EntityCheck<E, S> snapshots(List<RawSnapshot> known) {
    known.forEach(
        snapshot ->
            snapshots
                .computeIfAbsent(snapshot.sequenceNumber(), any -> new ArrayList<>())
                .add(snapshot));
    return this;
  }

  EntityCheck<E, S> live(Optional<LiveState> known) {
    live = known;
    return this;
  }

  /** Told of each event that makes sense. */
  EntityCheck<E, S> each(Consumer<Sequenced<E>> reader) {
    each = reader;
    return this;
  }

  List<Finding> findings() {
    return findings;
  }

  List<String> notes() {
    return notes;
  }

  Optional<S> state() {
    return state;
  }

  long events() {
    return events;
  }

  /** The time of the first event that can be read. */
  HybridTime began() {
    return began;
  }

  String head() {
    return chain.head();
  }

  long unchained() {
    return chain.unchained();
  }

  int snapshotsCompared() {
    return snapshotsCompared;
  }

  int statesCompared() {
    return statesCompared;
  }

  EntityCheck<E, S> verify(List<RawEvent> rows, boolean writersMayCollide) {
    for (RawEvent row : writersMayCollide ? newest(rows) : rows) {
      events++;
      next(row);
    }
    end();
    return this;
  }

  private void next(RawEvent row) {
    boolean gap = row.sequenceNumber() > number + 1;
    if (row.sequenceNumber() <= number) {
      found(row.sequenceNumber(), "is there twice: two writers wrote it, or somebody put one in");
    } else if (gap) {
      found(
          number + 1,
          number + 2 == row.sequenceNumber()
              ? "is missing"
              : "is missing, and with it all up to event " + (row.sequenceNumber() - 1));
      state = Optional.empty();
    }
    number = Math.max(number, row.sequenceNumber());
    Optional<Recorded<E>> recorded = decoded(row);
    Optional<String> broken = chain.next(row, gap);
    if (recorded.isPresent()) {
      HybridTime at = recorded.get().at();
      began = began.equals(HybridTime.ZERO) ? at : began;
      boolean back = at.compareTo(latest) <= 0;
      Instant before = latest.instant();
      latest = back ? latest : at;
      broken.ifPresent(what -> found(row.sequenceNumber(), what));
      if (back && broken.isEmpty()) {
        found(
            row.sequenceNumber(),
            "is of %s, although the one before it is of %s: a clock jumped back"
                .formatted(at.instant(), before));
      }
      evolve(row, recorded.get());
    }
    witnesses.getOrDefault(row.sequenceNumber(), List.of()).forEach(one -> compare(row, one));
    snapshots.getOrDefault(row.sequenceNumber(), List.of()).forEach(this::compare);
    live.filter(one -> one.sequenceNumber() == row.sequenceNumber()).ifPresent(this::compare);
  }

  private void evolve(RawEvent row, Recorded<E> recorded) {
    if (state.isEmpty()) {
      return;
    }
    try {
      state = Optional.of(fold.evolve(state.get(), recorded.at(), recorded.event()));
      each.accept(new Sequenced<>(row.sequenceNumber(), recorded));
    } catch (ImpossibleEventException impossible) {
      state = Optional.empty();
      found(
          row.sequenceNumber(),
          "cannot have happened after those before it (" + impossible.kind() + ")");
    }
  }

  /** What cannot be read is found, and nothing after it makes a state. */
  private Optional<Recorded<E>> decoded(RawEvent row) {
    try {
      return Optional.of(decode(row));
    } catch (JournalFormatException unreadable) {
      found(row.sequenceNumber(), "cannot be read: " + unreadable.getMessage());
      state = Optional.empty();
      return Optional.empty();
    }
  }

  private Recorded<E> decode(RawEvent row) {
    if (row.serializerId() == JournalSerializer.IDENTIFIER
        && JournalCodec.STANDARD.decode(row.manifest(), row.payload())
            instanceof Recorded<?> recorded
        && family.isInstance(recorded.event())) {
      return new Recorded<>(recorded.at(), recorded.by(), family.cast(recorded.event()));
    }
    throw JournalCodec.foreign(row.manifest());
  }

  private void compare(RawEvent row, Witness witness) {
    if (witness.hash().equals(row.hash())) {
      return;
    }
    boolean known =
        superseded.stream()
            .anyMatch(
                old ->
                    old.sequenceNumber() == row.sequenceNumber()
                        && old.hash().equals(witness.hash()));
    if (!known) {
      found(row.sequenceNumber(), "is another than the one that " + witness.who() + " knows of");
    }
  }

  private void compare(RawSnapshot snapshot) {
    Object stored;
    try {
      stored = ChainedSnapshot.decode(snapshot.manifest(), snapshot.payload());
    } catch (JournalFormatException unreadable) {
      notes.add(
          "the snapshot of %s after event %d cannot be read, and is of no use: %s"
              .formatted(persistenceId, snapshot.sequenceNumber(), unreadable.getMessage()));
      return;
    }
    snapshotsCompared++;
    Object kept = stored instanceof ChainedSnapshot chained ? chained.state() : stored;
    if (state.isPresent() && !state.get().equals(kept)) {
      found(number, "leads to another state than the snapshot taken after it");
    } else if (stored instanceof ChainedSnapshot chained && !chained.hash().equals(head())) {
      found(number, "is another than the one that the snapshot taken after it knows of");
    }
  }

  private void compare(LiveState running) {
    if (state.isPresent()) {
      statesCompared++;
      if (!StateDigest.of(state.get()).equals(running.digest())) {
        found(number, "leads to another state than the running Muster has");
      }
    }
  }

  /** Who knows of events that are not there? */
  private void end() {
    witnesses.forEach(
        (known, who) -> {
          if (known > number) {
            missing(known, who.getFirst().who() + " knows of event " + known);
          }
        });
    snapshots.keySet().stream()
        .filter(known -> known > number)
        .forEach(known -> missing(known, "there is a snapshot taken after event " + known));
    live.filter(running -> running.sequenceNumber() > number)
        .ifPresent(
            running ->
                missing(
                    running.sequenceNumber(),
                    "the running Muster has event " + running.sequenceNumber()));
  }

  private void missing(long known, String how) {
    boolean told = findings.stream().anyMatch(finding -> finding.sequenceNumber() == number + 1);
    if (!told && number == 0) {
      findings.add(Finding.allMissing(persistenceId, latest.instant(), how));
    } else if (!told) {
      found(
          number + 1,
          known == number + 1
              ? "is missing from the end: " + how
              : "and all after it are missing from the end: " + how);
    }
  }

  private void found(long sequenceNumber, String what) {
    findings.add(new Finding(persistenceId, sequenceNumber, latest.instant(), what));
  }

  /** Of two nodes' events of one number those that count; the others are remembered and told. */
  private List<RawEvent> newest(List<RawEvent> rows) {
    Map<Recorded<E>, RawEvent> raw = new IdentityHashMap<>();
    List<Sequenced<E>> readable = new ArrayList<>();
    for (RawEvent row : rows) {
      try {
        Recorded<E> recorded = decode(row);
        raw.put(recorded, row);
        readable.add(new Sequenced<>(row.sequenceNumber(), recorded));
      } catch (JournalFormatException unreadable) {
        return rows;
      }
    }
    List<RawEvent> kept =
        NewestWriter.of(readable).stream().map(event -> raw.get(event.recorded())).toList();
    superseded = rows.stream().filter(row -> !kept.contains(row)).toList();
    superseded.forEach(
        row ->
            notes.add(
                "event %d of %s is there twice: a node wrote it that another had succeeded; it does"
                        .formatted(row.sequenceNumber(), persistenceId)
                    + " not count"));
    return kept;
  }
}
