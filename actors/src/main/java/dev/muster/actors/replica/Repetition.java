package dev.muster.actors.replica;

import dev.muster.actors.host.HostCommand;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What a host was told last and has not answered yet. It is told again, since a network may lose
 * the command or its answer: soon at first, and less and less often. Costs nothing once answered.
 */
final class Repetition {
  private static final Duration FIRST_AFTER = Duration.ofSeconds(2);
  private static final Duration AFTER_AT_MOST = Duration.ofSeconds(30);

  private final ActorContext<Object> context;
  private HostCommand command;
  private Duration after;
  private Cancellable timer;
  private long number;

  /** Of several that were waited for only the latest counts. */
  record Due(long number) {}

  Repetition(ActorContext<Object> context) {
    this.context = context;
  }

  /** This was told now. */
  void begin(HostCommand told) {
    end();
    command = told;
    after = FIRST_AFTER;
    schedule();
  }

  /** It was answered, or there is nobody any more to answer it. */
  void end() {
    if (command != null) {
      timer.cancel();
      command = null;
      timer = null;
    }
  }

  /** What is to be told again now, if anything. */
  Optional<HostCommand> take(Due due) {
    if (command == null || due.number() != number) {
      return Optional.empty();
    }
    Duration doubled = after.multipliedBy(2);
    after = doubled.compareTo(AFTER_AT_MOST) < 0 ? doubled : AFTER_AT_MOST;
    schedule();
    return Optional.of(command);
  }

  private void schedule() {
    timer = context.scheduleOnce(after, context.getSelf(), new Due(++number));
  }
}
