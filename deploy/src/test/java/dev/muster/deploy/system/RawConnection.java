package dev.muster.deploy.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A client of the wire protocol that keeps no manners: bytes go out as they are, and what comes
 * back is only drained.
 */
final class RawConnection implements AutoCloseable {
  private static final int ANSWER_TIMEOUT_MILLIS = 20_000;
  private static final int PROTOCOL_3 = 196608;

  private final Socket socket;

  RawConnection(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
  }

  /** A well-behaved beginning, up to the first ReadyForQuery. */
  static RawConnection loggedIn(InetSocketAddress address) throws IOException {
    RawConnection connection = new RawConnection(address);
    connection.send(startUp(PROTOCOL_3, "user\0materialize\0database\0materialize\0\0"));
    connection.awaitReadyForQuery();
    return connection;
  }

  static byte[] startUp(int protocol, String parameters) {
    byte[] body = parameters.getBytes(StandardCharsets.UTF_8);
    return bytes(
        out -> {
          out.writeInt(8 + body.length);
          out.writeInt(protocol);
          out.write(body);
        });
  }

  /** A message with a length that is what it should be. */
  static byte[] message(char type, byte[] body) {
    return message(type, 4 + body.length, body);
  }

  /** A message with whatever length it is said to have. */
  static byte[] message(char type, int length, byte[] body) {
    return bytes(
        out -> {
          out.writeByte(type);
          out.writeInt(length);
          out.write(body);
        });
  }

  static byte[] query(String sql) {
    return message('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
  }

  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(buffer)) {
      writing.to(out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return buffer.toByteArray();
  }

  /** Goes on where the server has hung up already. */
  void send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (SocketException hungUp) {
      // That is an answer too.
    }
  }

  /**
   * Says that nothing more will come, and reads until the server hangs up; false when it does not.
   */
  boolean finish() throws IOException {
    try {
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException stillThere) {
      return false;
    } catch (SocketException hungUp) {
      return true;
    }
  }

  /**
   * Reads messages up to the next ReadyForQuery; returns the SQLSTATE of the last error before it,
   * or "".
   */
  String awaitReadyForQuery() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String state = "";
    while (true) {
      int type = in.readByte();
      byte[] body = in.readNBytes(in.readInt() - 4);
      if (type == 'E') {
        state = sqlState(new String(body, StandardCharsets.UTF_8));
      } else if (type == 'Z') {
        return state;
      }
    }
  }

  private static String sqlState(String fields) {
    for (String field : fields.split("\0")) {
      if (field.startsWith("C")) {
        return field.substring(1);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
