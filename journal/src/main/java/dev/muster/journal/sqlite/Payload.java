package dev.muster.journal.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/** A serialized value, and what must be known to read it again: three columns of a table. */
record Payload(int serializerId, String manifest, byte[] bytes) {

  static Payload of(Object value, Serialization serialization) {
    Serializer serializer = serialization.findSerializerFor(value);
    return new Payload(
        serializer.identifier(),
        Serializers.manifestFor(serializer, value),
        serializer.toBinary(value));
  }

  static Payload of(ResultSet row, int firstColumn) throws SQLException {
    return new Payload(
        row.getInt(firstColumn), row.getString(firstColumn + 1), row.getBytes(firstColumn + 2));
  }

  void bind(PreparedStatement statement, int firstParameter) throws SQLException {
    statement.setInt(firstParameter, serializerId);
    statement.setString(firstParameter + 1, manifest);
    statement.setBytes(firstParameter + 2, bytes);
  }

  Object value(Serialization serialization) {
    return serialization.deserialize(bytes, serializerId, manifest).get();
  }
}
