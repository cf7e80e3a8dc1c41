package dev.muster.actors.replica;

import dev.muster.actors.runtime.RuntimeSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a supervisor stands. {@link SupervisorMachine} draws the moves between them.
 *
 * <p>{@code incarnation} is the latest start known, 0 before the first; {@code streak} the failures
 * in a row.
 */
sealed interface SupervisorState {
  long incarnation();

  Streak streak();

  /** Whether the cluster was told that this incarnation runs. */
  default boolean isReported() {
    return switch (this) {
      case Placing s -> s.known().expected();
      case Finding s -> s.known().expected();
      case Hydrating s -> s.unreported().isEmpty();
      case Online ignored -> true;
      case PlacingToStop ignored -> false;
      case Provisioning ignored -> false;
      case Proving ignored -> false;
      case BackingOff ignored -> false;
      case Stopping ignored -> false;
      case Gone ignored -> false;
    };
  }

  /** Whether the host was told something that it has not answered yet. */
  default boolean awaitsHost() {
    return switch (this) {
      case Finding ignored -> true;
      case Provisioning ignored -> true;
      case Stopping ignored -> true;
      case Placing ignored -> false;
      case PlacingToStop ignored -> false;
      case Hydrating ignored -> false;
      case Proving ignored -> false;
      case Online ignored -> false;
      case BackingOff ignored -> false;
      case Gone ignored -> false;
    };
  }

  /** Whether the replica answers, as far as is known. */
  default boolean runs() {
    return switch (this) {
      case Hydrating ignored -> true;
      case Proving ignored -> true;
      case Online ignored -> true;
      case Finding ignored -> false;
      case Provisioning ignored -> false;
      case Stopping ignored -> false;
      case Placing ignored -> false;
      case PlacingToStop ignored -> false;
      case BackingOff ignored -> false;
      case Gone ignored -> false;
    };
  }

  /** Whether the end of this incarnation is news in this state. A found replica may be newer. */
  default boolean mayRun(long ended) {
    return switch (this) {
      case Finding ignored -> true;
      case Provisioning s -> s.incarnation() == ended;
      case Hydrating s -> s.incarnation() == ended;
      case Proving s -> s.incarnation() == ended;
      case Online s -> s.incarnation() == ended;
      case Placing ignored -> false;
      case PlacingToStop ignored -> false;
      case BackingOff ignored -> false;
      case Stopping ignored -> false;
      case Gone ignored -> false;
    };
  }

  /** When it was told to start, where its cluster was not told of that yet. */
  default Optional<Instant> untoldStart() {
    return switch (this) {
      case Provisioning s -> Optional.of(s.since());
      case Hydrating s -> s.unreported().flatMap(SupervisorAction.ReportStarted::provisionedAt);
      case Proving s -> s.started().provisionedAt();
      case Placing ignored -> Optional.empty();
      case PlacingToStop ignored -> Optional.empty();
      case Finding ignored -> Optional.empty();
      case Online ignored -> Optional.empty();
      case BackingOff ignored -> Optional.empty();
      case Stopping ignored -> Optional.empty();
      case Gone ignored -> Optional.empty();
    };
  }

  /** Since when it serves, as far as is known; empty where it does not. */
  default Optional<Instant> serving() {
    return switch (this) {
      case Online online -> Optional.of(online.servingSince());
      case Proving proving -> Optional.of(proving.servingSince());
      case Finding finding -> finding.known().servingSince();
      case Hydrating hydrating -> hydrating.servingSince();
      case Placing s -> s.known().servingSince();
      case PlacingToStop ignored -> Optional.empty();
      case Provisioning ignored -> Optional.empty();
      case BackingOff ignored -> Optional.empty();
      case Stopping ignored -> Optional.empty();
      case Gone ignored -> Optional.empty();
    };
  }

  /** For how long it has served, when it ends now; nothing where it did not. */
  default Duration served(Instant now) {
    return serving().map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
  }

  /**
   * What is known of a replica that is out of sight.
   *
   * @param expected whether the journal believes that it runs, so that its absence is news
   * @param servingSince since when it served, if it did when it was last seen
   */
  record Known(long incarnation, Streak streak, boolean expected, Optional<Instant> servingSince) {}

  /** Asked for the host of the replica's zone. */
  record Placing(Known known) implements SupervisorState {
    @Override
    public long incarnation() {
      return known.incarnation();
    }

    @Override
    public Streak streak() {
      return known.streak();
    }
  }

  /** Asked for the host of the replica's zone, in order to stop the replica. */
  record PlacingToStop(long incarnation, Streak streak) implements SupervisorState {}

  /** Asked the host whether it runs the replica. */
  record Finding(Known known) implements SupervisorState {
    /** Whether the end of this incarnation is not what the cluster was told of already. */
    boolean isNews(long ended) {
      return ended > known.incarnation() || ended == known.incarnation() && known.expected();
    }

    @Override
    public long incarnation() {
      return known.incarnation();
    }

    @Override
    public Streak streak() {
      return known.streak();
    }
  }

  /** Told the host to start the replica as {@code incarnation}; no answer of the replica yet. */
  record Provisioning(long incarnation, Streak streak, Instant since) implements SupervisorState {}

  /**
   * It runs and rebuilds its state.
   *
   * @param servingSince since when it serves, where it is known to have done so before an adoption
   * @param unreported its start, where that is not reported before the replica has proven itself
   */
  record Hydrating(
      long incarnation,
      Streak streak,
      Optional<Instant> servingSince,
      Optional<SupervisorAction.ReportStarted> unreported)
      implements SupervisorState {}

  /** It serves after a crash loop, and is believed once it has done so for a while. */
  record Proving(
      long incarnation,
      Streak streak,
      Instant servingSince,
      SupervisorAction.ReportStarted started,
      RuntimeSignal.Hydrated hydrated)
      implements SupervisorState {}

  /** It serves. */
  record Online(long incarnation, Streak streak, Instant servingSince) implements SupervisorState {}

  /** It is offline, for the reason that was reported, and waits for its next start. */
  record BackingOff(long incarnation, Streak streak) implements SupervisorState {}

  /** Told the host to stop it. */
  record Stopping(long incarnation, Streak streak) implements SupervisorState {}

  /** Nothing of it runs; the supervisor ends. */
  record Gone(long incarnation, Streak streak) implements SupervisorState {}
}
