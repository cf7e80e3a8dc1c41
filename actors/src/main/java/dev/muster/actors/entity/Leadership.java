package dev.muster.actors.entity;

import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How the environment leads clusters: the tasks that are open, who waits for them, and which have
 * been done. Only a memory: the tasks themselves follow from the state.
 */
final class Leadership {
  private final EntityRuntime runtime;
  private final BiConsumer<ClusterId, ClusterMessage> clusters;
  private final ActorRef<Answer> answers;
  private final Map<Long, OpenTask> open = new LinkedHashMap<>();
  private final Set<Long> done = new LinkedHashSet<>();
  private long lastToken;

  Leadership(
      EntityRuntime runtime,
      BiConsumer<ClusterId, ClusterMessage> clusters,
      ActorRef<Answer> answers) {
    this.runtime = runtime;
    this.clusters = clusters;
    this.answers = answers;
  }

  private record OpenTask(Task task, Origin by, List<Lead> leads) {}

  /** A creation that its cluster refused. */
  record Refusal(long token, Task.Creation creation, Rejection rejection) {}

  /** Drives what the events have started; the lead is answered when all of it is done. */
  void lead(Lead lead, List<EnvironmentEvent> events, Origin by) {
    for (EnvironmentEvent event : events) {
      for (Task task : Task.of(event)) {
        if (task instanceof Task.Drop drop) {
          forgetCreation(drop.cluster());
        }
        lead.stepOpened();
        open(task, by, lead);
      }
    }
    lead.answerIfDone();
  }

  /**
   * What is dropped is not to be created any more: a creation that was lost on its way, and sent
   * again after the drop was done, would begin a cluster that nobody knows.
   */
  private void forgetCreation(ClusterId cluster) {
    for (Map.Entry<Long, OpenTask> entry : List.copyOf(open.entrySet())) {
      boolean creation =
          entry.getValue().task() instanceof Task.Creation task && task.cluster().equals(cluster);
      if (creation && !done.contains(entry.getKey())) {
        open.remove(entry.getKey()).leads().forEach(Lead::stepFinished);
      }
    }
  }

  /** Drives what a recovered state has left unfinished and is not being driven already. */
  void resume(EnvironmentState state) {
    for (Task task : Task.unfinished(state)) {
      boolean known =
          open.values().stream()
              .anyMatch(
                  other ->
                      other.task().cluster().equals(task.cluster())
                          && other.task().getClass() == task.getClass());
      if (!known) {
        Lead unattended = Lead.unattended();
        unattended.stepOpened();
        open(task, origin(task, state), unattended);
      }
    }
  }

  /** Who asked is in the environment's own event; of a creation the state still knows the owner. */
  private static Origin origin(Task task, EnvironmentState state) {
    return state
        .cluster(task.cluster())
        .filter(entry -> task instanceof Task.Creation)
        .map(
            entry ->
                new Origin(entry.owner(), Optional.empty(), Optional.empty(), Optional.empty()))
        .orElse(Origin.SYSTEM);
  }

  /** Lets a statement that has nothing to add wait for those open tasks that it is about. */
  void join(Lead lead, Predicate<Task> about) {
    for (OpenTask task : open.values()) {
      if (about.test(task.task())) {
        lead.stepOpened();
        task.leads().add(lead);
      }
    }
    lead.answerIfDone();
  }

  private void open(Task task, Origin by, Lead lead) {
    long token = ++lastToken;
    List<Lead> leads = new ArrayList<>(1);
    leads.add(lead);
    OpenTask opened = new OpenTask(task, by, leads);
    open.put(token, opened);
    send(token, opened);
  }

  private void send(long token, OpenTask task) {
    clusters.accept(
        task.task().cluster(),
        new ClusterMessage.Execute(
            task.task().command(),
            task.by(),
            runtime.clock().next(),
            Long.MAX_VALUE,
            token,
            answers));
  }

  void driveAgain() {
    open.forEach(
        (token, task) -> {
          if (!done.contains(token)) {
            send(token, task);
          }
        });
  }

  /**
   * Takes note of a cluster's answer. A refused creation is handed out, to be withdrawn; anything
   * else that was refused stays open and is driven again: it is decided, and can only be late.
   */
  Optional<Refusal> answered(Answer answer) {
    OpenTask task = open.get(answer.token());
    // Asked twice it may have answered twice: what was done first may be out of date the second
    // time, as a creation is when a drop came between.
    if (task == null || done.contains(answer.token())) {
      return Optional.empty();
    }
    switch (answer.reply()) {
      case Reply.Done ignored -> done.add(answer.token());
      case Reply.Underway ignored -> done.add(answer.token());
      case Reply.Refused refused -> {
        if (task.task() instanceof Task.Creation creation) {
          return Optional.of(new Refusal(answer.token(), creation, refused.rejection()));
        }
      }
    }
    return Optional.empty();
  }

  /** The tokens of the tasks that clusters have done and that are not noted yet. */
  List<Long> done() {
    return List.copyOf(done);
  }

  /** The events that note them. */
  List<EnvironmentEvent> finishing(List<Long> tokens, EnvironmentState state) {
    return tokens.stream()
        .map(token -> open.get(token).task().finished(state))
        .flatMap(Optional::stream)
        .toList();
  }

  /** They are noted: whoever waited is answered. */
  void finished(List<Long> tokens) {
    for (Long token : tokens) {
      done.remove(token);
      open.remove(token).leads().forEach(Lead::stepFinished);
    }
  }

  /** They could not be noted: their clusters are asked again, and say again that it is done. */
  void undone(List<Long> tokens) {
    done.removeAll(tokens);
  }

  /** The creation is withdrawn: whoever waited is told why. */
  void withdrawn(Refusal refusal) {
    OpenTask task = open.remove(refusal.token());
    if (task != null) {
      task.leads().forEach(lead -> lead.refuse(refusal.rejection()));
    }
  }
}
