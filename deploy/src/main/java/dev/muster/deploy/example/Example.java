package dev.muster.deploy.example;

import dev.muster.api.MusterClient;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Reply;
import dev.muster.api.command.WaitPolicy;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchPosition;
import dev.muster.deploy.StartupException;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The life of a cluster, by the message API. */
final class Example {
  /** In whose name it acts: the audit log has it. */
  private static final Origin ORIGIN =
      new Origin("materialize", Optional.empty(), Optional.of("muster example"), Optional.empty());

  private final MusterClient muster;
  private final PrintWriter out;

  Example(MusterClient muster, PrintWriter out) {
    this.muster = muster;
    this.out = out;
  }

  void run(String name, String size) throws InterruptedException {
    say("create " + name + " (" + size + ", 2 replicas)");
    done(
        muster.environment(
            new EnvironmentCommand.CreateCluster(
                name, ORIGIN.role(), configuration(size), List.of(), false),
            ORIGIN));

    // Whoever has been answered is seen by every read from then on.
    ClusterId id = await(muster.names()).cluster(name).orElseThrow().id();
    Printing changes = new Printing(out, WatchPosition.BEGINNING);
    muster.watch(Watch.of(id).after(changes.position())).subscribe(changes);

    say("alter " + name + ": 3 replicas");
    done(muster.cluster(id, alter(3), ORIGIN));

    say("alter " + name + ": 2 replicas");
    done(muster.cluster(id, alter(2), ORIGIN));

    say("drop " + name);
    done(muster.environment(new EnvironmentCommand.DropClusters(List.of(name), false), ORIGIN));

    // The watch of one cluster ends with it.
    changes.awaitEnd();
    say("done");
  }

  private static ClusterConfiguration configuration(String size) {
    return new ClusterConfiguration.Managed(
        size,
        2,
        List.of(),
        ReplicaSettings.DEFAULT,
        new Schedule.Manual(),
        Optional.empty(),
        Optional.empty());
  }

  private static ClusterCommand alter(int replicationFactor) {
    return new ClusterCommand.Alter(
        Optional.empty(),
        Patch.keep(),
        Patch.set(replicationFactor),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        Patch.keep(),
        new WaitPolicy.Unspecified());
  }

  /** Every answer is one of three: done, under way, or refused with a reason. */
  private void done(CompletionStage<Reply> asked) {
    switch (await(asked)) {
      case Reply.Done done -> done.notices().forEach(notice -> say("  " + notice));
      case Reply.Underway underway ->
          say("  under way, and goes on by itself: " + underway.reconfiguration().target());
      case Reply.Refused refused -> throw new StartupException("refused: " + refused.rejection());
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }
}
