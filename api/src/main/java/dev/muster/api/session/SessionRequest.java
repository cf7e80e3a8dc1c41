package dev.muster.api.session;

import java.net.SocketAddress;
import java.util.Map;

/**
 * Who wants to talk.
 *
 * @param parameters the start-up message's parameters ({@code user}, {@code database}, {@code
 *     application_name}, ...), with those of {@code options} taken apart and added
 * @param internal whether the client came through the internal door, which {@code mz_system} alone
 *     may use
 */
public record SessionRequest(
    Map<String, String> parameters, SocketAddress client, boolean internal) {
  public SessionRequest {
    parameters = Map.copyOf(parameters);
  }
}
