package dev.muster.actors.client;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;

/**
 * How a program joins the nodes.
 *
 * @param seeds {@code HOST:PORT} of some nodes' remoting; one that answers will do
 * @param host the address at which the nodes reach this program
 * @param port the same; 0 takes a free one
 * @param within so long it may take to get in
 * @param settings over the defaults: those of {@code muster.client}, and Pekko's
 */
public record ClientOptions(
    List<String> seeds, String host, int port, Duration within, Config settings) {
  public ClientOptions {
    seeds = List.copyOf(seeds);
  }

  /** On the machine of the nodes, at a free port. */
  public static ClientOptions local(List<String> seeds) {
    return new ClientOptions(seeds, "127.0.0.1", 0, Duration.ofSeconds(30), ConfigFactory.empty());
  }
}
