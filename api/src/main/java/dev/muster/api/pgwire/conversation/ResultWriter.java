package dev.muster.api.pgwire.conversation;

import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.Formats;
import dev.muster.api.pgwire.frame.OutputBuffer;
import dev.muster.api.pgwire.value.BinaryOutput;
import dev.muster.api.pgwire.value.TextOutput;
import dev.muster.api.session.Column;
import dev.muster.api.session.SqlSession.Result;
import dev.muster.api.type.SessionZone;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;

/** Writes results in the session's time zone, row by row. */
final class ResultWriter {
  private final BackendMessages out;
  private final Interruption interruption;
  private ZoneId zone = ZoneOffset.UTC;

  ResultWriter(BackendMessages out, Interruption interruption) {
    this.out = out;
    this.interruption = interruption;
  }

  ZoneId zone() {
    return zone;
  }

  /** The session's {@code TimeZone} is now this; one that nobody knows counts as UTC. */
  void zone(String name) {
    zone = SessionZone.find(name).orElse(SessionZone.UTC).zone();
  }

  /**
   * Sends rows until there are no more, or as many as wanted.
   *
   * @param maxRows 0 for all
   * @return how many were sent
   */
  long rows(Result.Rows result, Formats formats, int maxRows) {
    Iterator<List<Object>> rows = result.rows();
    long sent = 0;
    while ((maxRows <= 0 || sent < maxRows) && rows.hasNext()) {
      interruption.check();
      row(result.columns(), rows.next(), formats);
      sent++;
    }
    return sent;
  }

  private void row(List<Column> columns, List<Object> values, Formats formats) {
    out.dataRow(
        columns.size(),
        message -> {
          for (int i = 0; i < columns.size(); i++) {
            value(columns.get(i), values.get(i), formats.binary(i), message);
          }
        });
  }

  private void value(Column column, Object value, boolean binary, OutputBuffer message) {
    if (value == null) {
      message.int32(-1);
    } else if (binary) {
      message.sized(content -> BinaryOutput.write(column.type(), value, content));
    } else {
      byte[] text = TextOutput.format(column.type(), value, zone).getBytes(StandardCharsets.UTF_8);
      message.int32(text.length).bytes(text);
    }
  }

  void complete(String tag, long rows) {
    out.commandComplete(tag.equals("SELECT") ? "SELECT " + rows : tag);
  }
}
