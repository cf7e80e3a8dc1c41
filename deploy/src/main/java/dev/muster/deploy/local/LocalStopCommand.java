package dev.muster.deploy.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster local-cluster stop}: ends the nodes, their replicas, and Cassandra. */
@Command(
    name = "stop",
    description = "Stops the nodes, their replicas and Cassandra; what they have journaled stays.",
    mixinStandardHelpOptions = true)
final class LocalStopCommand implements Callable<Integer> {
  @Mixin private LocalFolder folder;

  @Override
  public Integer call() throws Exception {
    LocalProcesses.end(folder.path(), folder.state());
    return 0;
  }
}
