package dev.muster.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** What accidents and strangers do to SQLite files. */
public final class SqliteFiles {
  private SqliteFiles() {}

  static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
  }

  public static void execute(Path file, String... statements) {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public static byte[] bytes(Path file, String query) {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getBytes(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static void truncateToHalf(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  /** Leaves the first page, with its header and the schema, as it is. */
  static void scramble(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] noise = new byte[(int) channel.size() - 4096];
      new Random(1).nextBytes(noise);
      channel.write(ByteBuffer.wrap(noise), 4096);
    }
  }
}
