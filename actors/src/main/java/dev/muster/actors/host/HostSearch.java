package dev.muster.actors.host;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Asks all hosts of a zone for a replica that the journal has on none of them. That it was started
 * may have been on its way into the journal when its supervisor's node was lost.
 *
 * @param silent hosts that did not answer: it may be on one of them
 * @param holder the one that has it, or knows how it ended
 */
record HostSearch(List<String> silent, Optional<String> holder) {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** What one host says; without a signal it said nothing. */
  private record Reply(String host, Optional<RuntimeSignal> signal) {
    boolean isHere() {
      return signal.isPresent() && !(signal.get() instanceof RuntimeSignal.NotRunning);
    }
  }

  /** Completes when all have answered, at the latest after two seconds; never fails. */
  static CompletionStage<HostSearch> of(
      ReplicaId replica, Map<String, ActorRef<HostCommand>> hosts, ActorSystem<?> system) {
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    hosts.forEach(
        (name, host) ->
            asked.add(
                AskPattern.<HostCommand, RuntimeSignal>ask(
                        host,
                        self -> new HostCommand.Find(replica, self),
                        TIMEOUT,
                        system.scheduler())
                    .handle((signal, silence) -> new Reply(name, Optional.ofNullable(signal)))
                    .toCompletableFuture()));
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> of(asked.stream().map(CompletableFuture::join).toList()));
  }

  private static HostSearch of(List<Reply> replies) {
    return new HostSearch(
        replies.stream().filter(reply -> reply.signal().isEmpty()).map(Reply::host).toList(),
        replies.stream().filter(Reply::isHere).map(Reply::host).findFirst());
  }
}
