package dev.muster.api.pgwire.frame;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import java.util.ArrayList;
import java.util.List;

/** What a client says after the start-up, named as PostgreSQL's documentation names it. */
public sealed interface FrontendMessage {
  /** Parse all statements of a text and carry them out. */
  record Query(String text) implements FrontendMessage {}

  /**
   * Prepare one statement.
   *
   * @param parameterTypes object ids, 0 where the choice is ours; may be fewer than there are
   */
  record Parse(String statement, String text, List<Integer> parameterTypes)
      implements FrontendMessage {}

  /**
   * Make a portal of a prepared statement.
   *
   * @param parameters their bytes, null for NULL
   */
  record Bind(
      String portal,
      String statement,
      Formats parameterFormats,
      List<byte[]> parameters,
      Formats resultFormats)
      implements FrontendMessage {}

  /** Tell about a statement or a portal. */
  record Describe(Target target, String name) implements FrontendMessage {}

  /**
   * Carry a portal out, or on.
   *
   * @param maxRows 0 for all
   */
  record Execute(String portal, int maxRows) implements FrontendMessage {}

  /** Forget a statement or a portal. */
  record Close(Target target, String name) implements FrontendMessage {}

  /** Send what you have. */
  record Flush() implements FrontendMessage {}

  /** End of a series of extended-query messages. */
  record Sync() implements FrontendMessage {}

  /** Goodbye. */
  record Terminate() implements FrontendMessage {}

  /** The old way to call a function, which we do not have. */
  record FunctionCall() implements FrontendMessage {}

  /** Data of a COPY that is not under way: ignored, as in PostgreSQL. */
  record CopyMessage() implements FrontendMessage {}

  /** What Describe and Close speak of. */
  enum Target {
    STATEMENT,
    PORTAL
  }

  /**
   * Gives a frame its meaning.
   *
   * @throws SqlException 08P01 where the content does not fit, 22021 where a text is not UTF-8
   * @throws ProtocolViolationException where there is no such message, here
   */
  static FrontendMessage of(Frame frame) {
    FrontendMessage message =
        switch (frame.type()) {
          case 'Q' -> new Query(frame.text());
          case 'P' -> parse(frame);
          case 'B' -> bind(frame);
          case 'D' -> new Describe(target(frame), frame.text());
          case 'E' -> new Execute(frame.text(), frame.int32());
          case 'C' -> new Close(target(frame), frame.text());
          case 'H' -> new Flush();
          case 'S' -> new Sync();
          case 'X' -> new Terminate();
          case 'F' -> skip(frame, new FunctionCall());
          case 'd', 'c', 'f' -> skip(frame, new CopyMessage());
          default ->
              throw new ProtocolViolationException(
                  "invalid frontend message type " + (int) frame.type());
        };
    frame.finish();
    return message;
  }

  private static FrontendMessage skip(Frame frame, FrontendMessage message) {
    frame.bytes(frame.remaining());
    return message;
  }

  private static Parse parse(Frame frame) {
    String statement = frame.text();
    String text = frame.text();
    int count = frame.count16();
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(frame.int32());
    }
    return new Parse(statement, text, types);
  }

  private static Bind bind(Frame frame) {
    String portal = frame.text();
    String statement = frame.text();
    Formats parameterFormats = Formats.read(frame);
    int count = frame.count16();
    List<byte[]> parameters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = frame.int32();
      parameters.add(length == -1 ? null : frame.bytes(length));
    }
    return new Bind(portal, statement, parameterFormats, parameters, Formats.read(frame));
  }

  private static Target target(Frame frame) {
    byte target = frame.int8();
    return switch (target) {
      case 'S' -> Target.STATEMENT;
      case 'P' -> Target.PORTAL;
      default ->
          throw new SqlException(
              SqlMessage.error("08P01", "invalid message subtype " + (target & 0xff)));
    };
  }
}
