package dev.muster.actors.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every pair of a state and a signal, and where it leads. A new one of either fails here first. */
final class EveryTransitionTest {
  private static final ReplicaId ID = new ReplicaId("u1-1");
  private static final Instant T0 = Instant.ofEpochSecond(1_000_000);
  private static final Streak LOOP = Streak.of(6);
  private static final SupervisorMachine MACHINE =
      new SupervisorMachine(
          ID, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)));

  private static final Map<String, String> CODES =
      Map.of(
          "Placing", "PLACE",
          "PlacingToStop", "TOSTOP",
          "Finding", "FIND",
          "Provisioning", "PROVIS",
          "Hydrating", "HYDRATE",
          "Proving", "PROVE",
          "Online", "ONLINE",
          "BackingOff", "BACKOFF",
          "Stopping", "STOP",
          "Gone", "GONE");

  /** From the state above, by the signal on the left; a point stays where it is. */
  private static final String TABLE =
      """
                 PLACE   TOSTOP  FIND    PROVIS  HYDRATE PROVE   ONLINE  BACKOFF STOP    GONE
      Located    FIND    STOP    .       .       .       .       .       .       .       .
      HostLost   .       .       PLACE   PLACE   PLACE   PLACE   PLACE   PLACE   TOSTOP  .
      HostLeft   .       .       PLACE   PLACE   PLACE   PLACE   PLACE   PLACE   TOSTOP  .
      HostMissing.       .       .       .       .       .       .       .       .       .
      WaitOver   .       .       .       .       .       ONLINE  .       PROVIS  .       .
      Refused    .       .       .       BACKOFF .       .       .       .       .       .
      StopAsked  TOSTOP  .       STOP    STOP    STOP    STOP    STOP    STOP    .       .
      NotRunning .       .       PROVIS  .       BACKOFF BACKOFF BACKOFF .       .       .
      Leaving    .       .       .       .       .       .       .       .       .       .
      NoRoom     .       .       .       BACKOFF .       .       .       .       .       .
      Started    .       .       HYDRATE HYDRATE .       .       .       HYDRATE .       .
      Hydrated   .       .       .       .       ONLINE  .       .       .       .       .
      Utilized   .       .       .       .       .       .       .       .       .       .
      Ended      .       .       PROVIS  BACKOFF BACKOFF BACKOFF BACKOFF .       .       .
      Stopped    .       .       BACKOFF BACKOFF BACKOFF BACKOFF BACKOFF .       GONE    .
      """;

  private static List<SupervisorState> states() {
    SupervisorAction.ReportStarted started =
        new SupervisorAction.ReportStarted(2, 42, Optional.of(T0), T0);
    SupervisorState.Known known =
        new SupervisorState.Known(2, Streak.NONE, false, Optional.empty());
    return List.of(
        new SupervisorState.Placing(known),
        new SupervisorState.PlacingToStop(2, Streak.NONE),
        new SupervisorState.Finding(known),
        new SupervisorState.Provisioning(2, Streak.NONE, T0),
        new SupervisorState.Hydrating(2, Streak.NONE, Optional.empty(), Optional.empty()),
        new SupervisorState.Proving(2, LOOP, T0, started, hydrated()),
        new SupervisorState.Online(2, Streak.NONE, T0),
        new SupervisorState.BackingOff(2, Streak.of(1)),
        new SupervisorState.Stopping(2, Streak.NONE),
        new SupervisorState.Gone(2, Streak.NONE));
  }

  private static RuntimeSignal.Hydrated hydrated() {
    return new RuntimeSignal.Hydrated(ID, 2, Duration.ofSeconds(1), 1, 1, 1);
  }

  private static Map<String, SupervisorInput> inputs() {
    Map<String, SupervisorInput> inputs = new LinkedHashMap<>();
    Stream.of(
            new SupervisorInput.Located(),
            new SupervisorInput.HostLost(),
            new SupervisorInput.HostLeft(),
            new SupervisorInput.HostMissing(Optional.empty()),
            new SupervisorInput.WaitOver(),
            new SupervisorInput.Refused("no such size"),
            new SupervisorInput.StopAsked())
        .forEach(input -> inputs.put(input.getClass().getSimpleName(), input));
    Stream.of(
            new RuntimeSignal.NotRunning(ID),
            new RuntimeSignal.Leaving(ID),
            new RuntimeSignal.NoRoom(ID, 2, "it is full"),
            new RuntimeSignal.Started(ID, 2, 42),
            hydrated(),
            new RuntimeSignal.Utilized(ID, new Utilization(T0, 0.5, 0.5)),
            new RuntimeSignal.Ended(
                ID, 2, new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty())),
            new RuntimeSignal.Stopped(ID))
        .forEach(
            signal ->
                inputs.put(
                    signal.getClass().getSimpleName(), new SupervisorInput.Signaled(signal)));
    return inputs;
  }

  private static String name(Object state) {
    return state.getClass().getSimpleName();
  }

  private static String code(SupervisorState state) {
    return CODES.get(name(state));
  }

  private static String row(String signal, SupervisorInput input) {
    return states().stream()
        .map(state -> next(state, input))
        .map("%-8s"::formatted)
        .collect(Collectors.joining("", "%-11s".formatted(signal), ""))
        .stripTrailing();
  }

  private static String next(SupervisorState state, SupervisorInput input) {
    SupervisorState next = MACHINE.next(state, input, T0, 0).state();
    return name(next).equals(name(state)) ? "." : code(next);
  }

  @Test
  void everyPairLeadsWhereTheTableSays() {
    String heads =
        states().stream()
            .map(state -> "%-8s".formatted(code(state)))
            .collect(Collectors.joining("", " ".repeat(11), ""))
            .stripTrailing();
    Stream<String> rows =
        inputs().entrySet().stream().map(one -> row(one.getKey(), one.getValue()));
    assertEquals(
        TABLE, Stream.concat(Stream.of(heads), rows).collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void noStateAndNoSignalIsMissing() {
    assertEquals(
        permitted(SupervisorState.class),
        states().stream().map(EveryTransitionTest::name).collect(Collectors.toSet()));
    Set<String> inputs = permitted(SupervisorInput.class);
    inputs.remove("Signaled");
    inputs.addAll(permitted(RuntimeSignal.class));
    assertEquals(inputs, inputs().keySet());
  }

  private static Set<String> permitted(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }
}
