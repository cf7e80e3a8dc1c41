package dev.muster.actors.wire;

import dev.muster.actors.client.ExplanationMessage;
import dev.muster.actors.entity.Answer;
import dev.muster.actors.entity.ClusterMessage;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.gather.CatalogPart;
import dev.muster.actors.gather.CatalogQuestion;
import dev.muster.actors.gather.NameAnswer;
import dev.muster.actors.gather.NameQuestion;
import dev.muster.actors.host.HostCommand;
import dev.muster.actors.membership.StandingAnswer;
import dev.muster.actors.membership.StandingQuestion;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.watch.WatchMessage;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.journal.event.ClusterId;
import java.util.Map;

/** What the messages are called on the wire. A name is never to be changed, nor used again. */
final class WireTypes {
  static final Map<String, Class<?>> TABLE =
      Map.ofEntries(
          Map.entry("cluster-execute:1", ClusterMessage.Execute.class),
          Map.entry("cluster-execute-again:1", ClusterMessage.ExecuteAgain.class),
          Map.entry("cluster-wake:1", ClusterMessage.Wake.class),
          Map.entry("cluster-watch:1", ClusterMessage.Watch.class),
          Map.entry("environment-execute:1", EnvironmentMessage.Execute.class),
          Map.entry("environment-execute-again:1", EnvironmentMessage.ExecuteAgain.class),
          Map.entry("environment-checkpoint:1", EnvironmentMessage.Checkpoint.class),
          Map.entry("environment-credits-settled:1", EnvironmentMessage.CreditsSettled.class),
          Map.entry("environment-reserve-credits:1", EnvironmentMessage.ReserveCredits.class),
          Map.entry("environment-wake:1", EnvironmentMessage.Wake.class),
          Map.entry("answer:1", Answer.class),
          Map.entry("cluster-id:1", ClusterId.class),
          Map.entry("reconfiguration-progress:1", ReconfigurationProgress.class),
          Map.entry("host-command:1", HostCommand.class),
          Map.entry("runtime-signal:1", RuntimeSignal.class),
          Map.entry("catalog-question:1", CatalogQuestion.class),
          Map.entry("catalog-part:1", CatalogPart.class),
          Map.entry("name-question:1", NameQuestion.class),
          Map.entry("name-answer:1", NameAnswer.class),
          Map.entry("standing-question:1", StandingQuestion.class),
          Map.entry("standing-answer:1", StandingAnswer.class),
          Map.entry("positions-question:1", WatchMessage.PositionsQuestion.class),
          Map.entry("positions:1", WatchMessage.Positions.class),
          Map.entry("events-question:1", WatchMessage.EventsQuestion.class),
          Map.entry("events-part:1", WatchMessage.EventsPart.class),
          Map.entry(
              "environment-explanation-question:1", ExplanationMessage.EnvironmentQuestion.class),
          Map.entry("cluster-explanation-question:1", ExplanationMessage.ClusterQuestion.class),
          Map.entry("explained:1", ExplanationMessage.Explained.class),
          Map.entry("unexplained:1", ExplanationMessage.Unexplained.class));

  private WireTypes() {}
}
