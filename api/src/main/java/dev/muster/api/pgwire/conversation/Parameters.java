package dev.muster.api.pgwire.conversation;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.pgwire.frame.FrontendMessage.Bind;
import dev.muster.api.pgwire.frame.Utf8;
import dev.muster.api.pgwire.value.BinaryInput;
import dev.muster.api.pgwire.value.TextInput;
import dev.muster.api.type.SqlType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Bind's bytes to values. */
final class Parameters {
  private Parameters() {}

  static List<Object> decode(Bind bind, List<SqlType> types, ZoneId zone) {
    int given = bind.parameters().size();
    if (!bind.parameterFormats().fit(given)) {
      throw error(
          "bind message has %d parameter formats but %d parameters"
              .formatted(bind.parameterFormats().size(), given));
    }
    if (given != types.size()) {
      throw error(
          "bind message supplies %d parameters, but prepared statement \"%s\" requires %d"
              .formatted(given, bind.statement(), types.size()));
    }
    List<Object> values = new ArrayList<>(given);
    for (int i = 0; i < given; i++) {
      byte[] bytes = bind.parameters().get(i);
      boolean binary = bind.parameterFormats().binary(i);
      values.add(bytes == null ? null : value(types.get(i), bytes, binary, zone));
    }
    return values;
  }

  private static Object value(SqlType type, byte[] bytes, boolean binary, ZoneId zone) {
    return binary
        ? BinaryInput.read(type, bytes)
        : TextInput.parse(type, Utf8.decode(bytes, 0, bytes.length), zone);
  }

  private static SqlException error(String message) {
    return new SqlException(SqlMessage.error("08P01", message));
  }
}
