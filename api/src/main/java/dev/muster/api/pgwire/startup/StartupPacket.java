package dev.muster.api.pgwire.startup;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.pgwire.frame.Frame;
import dev.muster.api.pgwire.frame.ProtocolViolationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a connection's first packet asks for. */
public sealed interface StartupPacket {
  /** Our protocol version: 3.0. */
  int PROTOCOL_MAJOR = 3;

  int PROTOCOL_MINOR = 0;

  /** A wish for TLS or GSSAPI encryption; another start-up packet follows. */
  record Encryption(Kind kind) implements StartupPacket {
    /** Each may be asked for once. */
    public enum Kind {
      TLS,
      GSSAPI
    }
  }

  /** Stop what another connection is doing; no answer is given. */
  record Cancel(int processId, int secretKey) implements StartupPacket {}

  /**
   * Begin a session.
   *
   * @param negotiate whether the client must be told that we speak 3.0 only: it asked for a later
   *     minor version or for protocol options
   * @param unknownOptions the protocol options ({@code _pq_.*}) that it asked for; we know none
   */
  record Session(Map<String, String> parameters, boolean negotiate, List<String> unknownOptions)
      implements StartupPacket {}

  /**
   * Gives the packet its meaning.
   *
   * @throws ProtocolViolationException where it has none
   * @throws SqlException FATAL where what it asks for is refused
   */
  static StartupPacket of(Frame frame) {
    int code = frame.int32();
    int major = code >>> 16;
    int minor = code & 0xffff;
    if (major == 1234) {
      return request(minor, frame);
    }
    if (major != PROTOCOL_MAJOR) {
      throw fatal(
          "0A000",
          "unsupported frontend protocol %d.%d: server supports %d.%d to %d.%d"
              .formatted(
                  major, minor, PROTOCOL_MAJOR, PROTOCOL_MINOR, PROTOCOL_MAJOR, PROTOCOL_MINOR));
    }
    return session(minor, frame);
  }

  private static StartupPacket request(int code, Frame frame) {
    return switch (code) {
      case 5678 -> {
        if (frame.remaining() != 8) { // a longer key belongs to a version that we do not speak
          throw new ProtocolViolationException("invalid length of startup packet");
        }
        yield new Cancel(frame.int32(), frame.int32());
      }
      case 5679 -> new Encryption(Encryption.Kind.TLS);
      case 5680 -> new Encryption(Encryption.Kind.GSSAPI);
      default -> throw fatal("0A000", "unsupported frontend protocol 1234." + code);
    };
  }

  private static Session session(int minor, Frame frame) {
    Map<String, String> given = new LinkedHashMap<>();
    List<String> unknownOptions = new ArrayList<>();
    while (true) {
      String name = text(frame);
      if (name.isEmpty()) {
        break;
      }
      String value = text(frame);
      if (name.startsWith("_pq_.")) {
        unknownOptions.add(name);
      } else {
        given.put(name, value);
      }
    }
    if (frame.remaining() != 0) {
      throw new ProtocolViolationException(
          "invalid startup packet layout: expected terminator as last byte");
    }
    boolean negotiate = minor > PROTOCOL_MINOR || !unknownOptions.isEmpty();
    return new Session(StartupParameters.resolve(given), negotiate, List.copyOf(unknownOptions));
  }

  private static String text(Frame frame) {
    try {
      return frame.text();
    } catch (SqlException e) {
      throw new SqlException(e.sqlMessage().withSeverity(Severity.FATAL));
    }
  }

  private static SqlException fatal(String sqlState, String message) {
    return new SqlException(SqlMessage.error(sqlState, message).withSeverity(Severity.FATAL));
  }
}
