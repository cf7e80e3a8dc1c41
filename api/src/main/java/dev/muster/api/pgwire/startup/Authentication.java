package dev.muster.api.pgwire.startup;

import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.FrameReader;
import java.util.Map;

/** How clients prove who they are. */
@FunctionalInterface
public interface Authentication {
  /**
   * Exchanges messages until the client has proved that it is the {@code user} of its start-up
   * parameters, and then says AuthenticationOk.
   *
   * @throws dev.muster.api.error.SqlException FATAL, SQLSTATE 28P01 or 28000, where it has not
   */
  void authenticate(Map<String, String> parameters, FrameReader in, BackendMessages out);

  /** Everybody is who they say: for a door that only this machine can reach. */
  static Authentication trust() {
    return (parameters, in, out) -> out.authenticationOk();
  }
}
