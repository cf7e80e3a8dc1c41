package dev.muster.api.pgwire.frame;

import dev.muster.api.error.SqlMessage;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** The messages that we send, one method each, named as PostgreSQL's documentation names them. */
public final class BackendMessages {
  private static final Consumer<OutputBuffer> EMPTY = out -> {};

  private final OutputBuffer out;

  public BackendMessages(OutputBuffer out) {
    this.out = out;
  }

  public void flush() {
    out.flush();
  }

  /** No to TLS and to GSSAPI encryption. */
  public void refuseEncryption() {
    out.single('N');
  }

  public void authenticationOk() {
    out.message('R', m -> m.int32(0));
  }

  public void negotiateProtocolVersion(int newestMinor, List<String> unknownOptions) {
    out.message(
        'v',
        m -> {
          m.int32(newestMinor).int32(unknownOptions.size());
          unknownOptions.forEach(m::textWithNul);
        });
  }

  public void parameterStatus(String name, String value) {
    out.message('S', m -> m.textWithNul(name).textWithNul(value));
  }

  public void backendKeyData(int processId, int secretKey) {
    out.message('K', m -> m.int32(processId).int32(secretKey));
  }

  public void readyForQuery(char transactionStatus) {
    out.message('Z', m -> m.int8(transactionStatus));
  }

  public void emptyQueryResponse() {
    out.message('I', EMPTY);
  }

  public void commandComplete(String tag) {
    out.message('C', m -> m.textWithNul(tag));
  }

  public void parseComplete() {
    out.message('1', EMPTY);
  }

  public void bindComplete() {
    out.message('2', EMPTY);
  }

  public void closeComplete() {
    out.message('3', EMPTY);
  }

  public void noData() {
    out.message('n', EMPTY);
  }

  public void portalSuspended() {
    out.message('s', EMPTY);
  }

  public void parameterDescription(List<SqlType> types) {
    out.message(
        't',
        m -> {
          m.int16(types.size());
          types.forEach(type -> m.int32(type.oid()));
        });
  }

  /**
   * @param formatOf 0 for text, 1 for binary, by the column's index
   */
  public void rowDescription(List<Column> columns, IntUnaryOperator formatOf) {
    out.message(
        'T',
        m -> {
          m.int16(columns.size());
          for (int i = 0; i < columns.size(); i++) {
            SqlType type = columns.get(i).type();
            m.textWithNul(columns.get(i).name());
            m.int32(0).int16(0); // no table, no column of a table
            m.int32(type.oid()).int16(type.length()).int32(-1); // no type modifier
            m.int16(formatOf.applyAsInt(i));
          }
        });
  }

  /** A row; {@code content} writes the values, each with its length before it. */
  public void dataRow(int values, Consumer<OutputBuffer> content) {
    out.message(
        'D',
        m -> {
          m.int16(values);
          content.accept(m);
        });
  }

  /** An error or a notice, as its severity says. */
  public void report(SqlMessage report) {
    out.message(
        switch (report.severity()) {
          case ERROR, FATAL -> 'E';
          case DEBUG, LOG, INFO, NOTICE, WARNING -> 'N';
        },
        m -> {
          field(m, 'S', report.severity().name());
          field(m, 'V', report.severity().name());
          field(m, 'C', report.sqlState());
          field(m, 'M', report.message());
          report.detail().ifPresent(detail -> field(m, 'D', detail));
          report.hint().ifPresent(hint -> field(m, 'H', hint));
          report.position().ifPresent(position -> field(m, 'P', position.toString()));
          m.int8(0);
        });
  }

  private static void field(OutputBuffer message, char name, String value) {
    message.int8(name).textWithNul(value);
  }
}
