package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/** The real JDBC driver in each of its modes. */
class PgJdbcTest extends WireTest {
  enum Mode {
    SIMPLE("preferQueryMode=simple"),
    EXTENDED("preferQueryMode=extended"),
    EXTENDED_FOR_PREPARED("preferQueryMode=extendedForPrepared"),
    BINARY("binaryTransfer=true&prepareThreshold=-1");

    private final String parameters;

    Mode(String parameters) {
      this.parameters = parameters;
    }
  }

  private Connection connect(Mode mode) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/materialize?user=materialize&sslmode=disable&%s"
            .formatted(server.address().getPort(), mode.parameters));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyTypeIsRead(Mode mode) throws SQLException {
    try (Connection connection = connect(mode)) {
      for (SqlType type : SqlType.values()) {
        try (PreparedStatement statement = connection.prepareStatement("SAMPLE " + type.name());
            ResultSet rows = statement.executeQuery()) {
          assertTrue(rows.next());
          assertSample(type, rows);
          assertNull(rows.getString(2));
          assertFalse(rows.next());
        }
      }
    }
  }

  private static void assertSample(SqlType type, ResultSet rows) throws SQLException {
    Object sample = Samples.value(type);
    switch (type) {
      case BOOL -> assertEquals(sample, rows.getBoolean(1));
      case BYTEA -> assertArrayEquals((byte[]) sample, rows.getBytes(1));
      case INT2 -> assertEquals(sample, rows.getShort(1));
      case INT4 -> assertEquals(sample, rows.getInt(1));
      case INT8, OID -> assertEquals(sample, rows.getLong(1));
      case FLOAT4 -> assertEquals(sample, rows.getFloat(1));
      case FLOAT8 -> assertEquals(sample, rows.getDouble(1));
      case NUMERIC -> assertEquals(sample, rows.getBigDecimal(1));
      case DATE -> assertEquals(sample, rows.getObject(1, LocalDate.class));
      case TIME -> assertEquals(sample, rows.getObject(1, LocalTime.class));
      case TIMESTAMP -> assertEquals(sample, rows.getObject(1, LocalDateTime.class));
      case TIMESTAMPTZ -> assertEquals(sample, rows.getObject(1, OffsetDateTime.class).toInstant());
      case UUID -> assertEquals(sample, rows.getObject(1));
      case INTERVAL -> assertEquals(Samples.text(type), rows.getString(1));
      case BOOL_ARRAY,
          INT2_ARRAY,
          INT4_ARRAY,
          TEXT_ARRAY,
          VARCHAR_ARRAY,
          INT8_ARRAY,
          OID_ARRAY,
          FLOAT8_ARRAY ->
          assertEquals(sample, Arrays.asList((Object[]) rows.getArray(1).getArray()));
      case CHAR,
          NAME,
          REGPROC,
          TEXT,
          JSON,
          UNKNOWN,
          BPCHAR,
          VARCHAR,
          REGCLASS,
          REGTYPE,
          JSONB,
          ACLITEM,
          NAME_ARRAY,
          ACLITEM_ARRAY ->
          assertEquals(Samples.text(type), rows.getString(1));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void parametersArriveAsTheyWereGiven(Mode mode) throws SQLException {
    try (Connection connection = connect(mode)) {
      assertEcho(connection, "bool", true);
      assertEcho(connection, "int4", -7);
      assertEcho(connection, "int8", Long.MAX_VALUE);
      assertEcho(connection, "float8", -0.1);
      assertEcho(connection, "text", "say \"ü\" 𝄞");
      assertEcho(connection, "numeric", new BigDecimal("-1234567.8900"));
      assertEcho(connection, "uuid", UUID.fromString("0190f2a4-7c3e-7d00-8000-0123456789ab"));
      assertEcho(connection, "date", java.sql.Date.valueOf("2026-11-21"));
      assertTimestampEcho(connection);
    }
  }

  private static void assertEcho(Connection connection, String type, Object value)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("ECHO " + type + " ?")) {
      statement.setObject(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        assertTrue(rows.next());
        assertEquals(value, rows.getObject(1), type);
      }
    }
  }

  private static void assertTimestampEcho(Connection connection) throws SQLException {
    OffsetDateTime moment = OffsetDateTime.of(2026, 11, 21, 10, 0, 0, 123_456_000, ZoneOffset.UTC);
    try (PreparedStatement statement = connection.prepareStatement("ECHO timestamptz ?")) {
      statement.setObject(1, moment);
      try (ResultSet rows = statement.executeQuery()) {
        assertTrue(rows.next());
        assertEquals(moment, rows.getObject(1, OffsetDateTime.class));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void largeResultsComeInPortions(Mode mode) throws SQLException {
    try (Connection connection = connect(mode)) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(100);
        try (ResultSet rows = statement.executeQuery("ROWS 1050")) {
          int count = 0;
          while (rows.next()) {
            assertEquals(count, rows.getInt(1));
            assertEquals("row " + count, rows.getString(2));
            count++;
          }
          assertEquals(1050, count);
        }
      }
      connection.commit();
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void errorsHaveTheirFieldsAndTheConnectionGoesOn(Mode mode) throws SQLException {
    try (Connection connection = connect(mode);
        Statement statement = connection.createStatement()) {
      PSQLException failure =
          assertThrows(
              PSQLException.class,
              () -> statement.execute("FAIL 42710 cluster 'c' already exists"));
      assertEquals("42710", failure.getSQLState());
      assertEquals("cluster 'c' already exists", failure.getServerErrorMessage().getMessage());
      assertEquals("the detail", failure.getServerErrorMessage().getDetail());
      assertEquals("the hint", failure.getServerErrorMessage().getHint());
      assertFalse(statement.execute("CREATE CLUSTER d"));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void noticesAreWarnings(Mode mode) throws SQLException {
    try (Connection connection = connect(mode);
        Statement statement = connection.createStatement()) {
      statement.execute("NOTICE take care");
      assertEquals("take care", statement.getWarnings().getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aBatchOfStatementsGivesAllResults(Mode mode) throws SQLException {
    try (Connection connection = connect(mode);
        Statement statement = connection.createStatement()) {
      assertFalse(statement.execute("CREATE CLUSTER a; SELECT 1; CREATE CLUSTER b"));
      assertTrue(statement.getMoreResults());
      assertTrue(statement.getResultSet().next());
      assertFalse(statement.getMoreResults());
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aRunningStatementCanBeCancelled(Mode mode) throws Exception {
    try (Connection connection = connect(mode);
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> state =
          CompletableFuture.supplyAsync(
              () ->
                  assertThrows(SQLException.class, () -> statement.execute("WAIT")).getSQLState());
      await(
          "the statement is cancelled",
          () -> {
            cancel(statement);
            return state.isDone();
          });
      assertEquals("57014", state.get());
      assertFalse(statement.execute("CREATE CLUSTER c"));
    }
  }

  /** Before the statement has begun it has no effect, so it is tried again. */
  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
