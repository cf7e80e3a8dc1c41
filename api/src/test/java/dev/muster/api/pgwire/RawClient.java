package dev.muster.api.pgwire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A client that speaks frames: it collects messages, sends them at once, and gives the answers as
 * readable words, such as {@code CommandComplete(SELECT 1)}.
 */
final class RawClient implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private int processId;
  private int secretKey;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  static RawClient connect(PgWireServer server) throws IOException {
    return connect(server.address());
  }

  static RawClient connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    return new RawClient(socket);
  }

  /** Connects and begins a session. */
  static RawClient ready(PgWireServer server) throws IOException {
    RawClient client = connect(server);
    client.startup("user", "materialize");
    client.answers();
    return client;
  }

  RawClient startup(String... namesAndValues) throws IOException {
    return startup(3 << 16, namesAndValues);
  }

  RawClient startup(int version, String... namesAndValues) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (String text : namesAndValues) {
      content.write(text.getBytes(StandardCharsets.UTF_8));
      content.write(0);
    }
    content.write(0);
    return packet(version, content.toByteArray());
  }

  /** A start-up packet of any kind. */
  RawClient packet(int code, byte[] content) throws IOException {
    DataOutputStream out = new DataOutputStream(pending);
    out.writeInt(8 + content.length);
    out.writeInt(code);
    out.write(content);
    return this;
  }

  RawClient message(char type, Object... parts) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(content);
    for (Object part : parts) {
      switch (part) {
        case String text -> {
          data.write(text.getBytes(StandardCharsets.UTF_8));
          data.write(0);
        }
        case Character c -> data.write(c);
        case Short number -> data.writeShort(number);
        case Integer number -> data.writeInt(number);
        case byte[] bytes -> data.write(bytes);
        default -> throw new IllegalArgumentException(part.toString());
      }
    }
    DataOutputStream out = new DataOutputStream(pending);
    out.write(type);
    out.writeInt(4 + content.size());
    out.write(content.toByteArray());
    return this;
  }

  RawClient query(String text) throws IOException {
    return message('Q', text);
  }

  RawClient parse(String statement, String text) throws IOException {
    return message('P', statement, text, (short) 0);
  }

  /** With text parameters and text results. */
  RawClient bind(String portal, String statement, String... parameters) throws IOException {
    List<Object> parts = new ArrayList<>(List.of(portal, statement, (short) 0));
    parts.add((short) parameters.length);
    for (String parameter : parameters) {
      byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
      parts.add(bytes.length);
      parts.add(bytes);
    }
    parts.add((short) 0);
    return message('B', parts.toArray());
  }

  RawClient describe(char target, String name) throws IOException {
    return message('D', target, name);
  }

  RawClient execute(String portal, int maxRows) throws IOException {
    return message('E', portal, maxRows);
  }

  RawClient close(char target, String name) throws IOException {
    return message('C', target, name);
  }

  RawClient sync() throws IOException {
    return message('S');
  }

  RawClient bytes(byte[] bytes) {
    pending.writeBytes(bytes);
    return this;
  }

  RawClient send() throws IOException {
    if (pending.size() > 0) {
      socket.getOutputStream().write(pending.toByteArray());
      pending.reset();
    }
    return this;
  }

  /** No more will be sent; answers can still be read. */
  void finishSending() throws IOException {
    send();
    socket.shutdownOutput();
  }

  int processId() {
    return processId;
  }

  int secretKey() {
    return secretKey;
  }

  int readByte() throws IOException {
    return in.read();
  }

  /** Sends, and reads to the next ReadyForQuery or the connection's end. */
  List<String> answers() throws IOException {
    send();
    List<String> answers = new ArrayList<>();
    while (true) {
      String answer = answer();
      answers.add(answer);
      if (answer.startsWith("ReadyForQuery") || answer.equals("end")) {
        return answers;
      }
    }
  }

  /** One answer. */
  String answer() throws IOException {
    send();
    int type = in.read();
    if (type < 0) {
      return "end";
    }
    try {
      byte[] content = new byte[in.readInt() - 4];
      in.readFully(content);
      return words((char) type, ByteBuffer.wrap(content));
    } catch (EOFException e) {
      return "end within a message";
    }
  }

  private String words(char type, ByteBuffer content) {
    return switch (type) {
      case 'R' -> "Authentication(" + content.getInt() + ")";
      case 'S' -> "ParameterStatus(" + text(content) + "=" + text(content) + ")";
      case 'K' -> {
        processId = content.getInt();
        secretKey = content.getInt();
        yield "BackendKeyData";
      }
      case 'Z' -> "ReadyForQuery(" + (char) content.get() + ")";
      case 'C' -> "CommandComplete(" + text(content) + ")";
      case 'D' -> "DataRow" + row(content);
      case 'T' -> "RowDescription" + columns(content);
      case 't' -> "ParameterDescription" + oids(content);
      case 'E' -> "Error(" + report(content) + ")";
      case 'N' -> "Notice(" + report(content) + ")";
      case 'v' -> "NegotiateProtocolVersion(" + content.getInt() + ", " + names(content) + ")";
      case 'I' -> "EmptyQueryResponse";
      case '1' -> "ParseComplete";
      case '2' -> "BindComplete";
      case '3' -> "CloseComplete";
      case 'n' -> "NoData";
      case 's' -> "PortalSuspended";
      default -> "unknown " + type;
    };
  }

  private static String text(ByteBuffer content) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte b = content.get(); b != 0; b = content.get()) {
      text.write(b);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static String row(ByteBuffer content) {
    List<String> values = new ArrayList<>();
    for (int left = content.getShort(); left > 0; left--) {
      int length = content.getInt();
      byte[] bytes = new byte[Math.max(length, 0)];
      content.get(bytes);
      values.add(length < 0 ? "NULL" : new String(bytes, StandardCharsets.UTF_8));
    }
    return values.toString();
  }

  /** Name, type's object id, and {@code b} for binary. */
  private static String columns(ByteBuffer content) {
    List<String> columns = new ArrayList<>();
    for (int left = content.getShort(); left > 0; left--) {
      String name = text(content);
      content.getInt();
      content.getShort();
      int oid = content.getInt();
      content.getShort();
      content.getInt();
      columns.add(name + " " + oid + (content.getShort() == 1 ? " b" : ""));
    }
    return columns.toString();
  }

  private static String oids(ByteBuffer content) {
    List<Integer> oids = new ArrayList<>();
    for (int left = content.getShort(); left > 0; left--) {
      oids.add(content.getInt());
    }
    return oids.toString();
  }

  private static String names(ByteBuffer content) {
    List<String> names = new ArrayList<>();
    for (int left = content.getInt(); left > 0; left--) {
      names.add(text(content));
    }
    return names.toString();
  }

  private static String report(ByteBuffer content) {
    TreeMap<Character, String> fields = new TreeMap<>();
    for (byte field = content.get(); field != 0; field = content.get()) {
      fields.put((char) field, text(content));
    }
    if (!fields.get('S').equals(fields.remove('V'))) {
      return "S and V differ";
    }
    StringBuilder words = new StringBuilder(fields.remove('S'));
    words.append(' ').append(fields.remove('C')).append(' ').append(fields.remove('M'));
    fields.forEach((field, text) -> words.append(" | ").append(field).append(' ').append(text));
    return words.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
