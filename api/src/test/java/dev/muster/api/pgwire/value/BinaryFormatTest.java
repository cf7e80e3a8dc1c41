package dev.muster.api.pgwire.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.error.SqlException;
import dev.muster.api.pgwire.Samples;
import dev.muster.api.pgwire.frame.OutputBuffer;
import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The expected bytes are what PostgreSQL 15's {@code typsend} functions gave. */
class BinaryFormatTest {
  private static byte[] write(SqlType type, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputBuffer out = new OutputBuffer(bytes);
    out.message('D', message -> BinaryOutput.write(type, value, message));
    out.flush();
    return Arrays.copyOfRange(bytes.toByteArray(), 5, bytes.size());
  }

  private static String hex(SqlType type, Object value) {
    return HexFormat.of().formatHex(write(type, value));
  }

  @ParameterizedTest
  @EnumSource(
      value = SqlType.class,
      mode = Mode.EXCLUDE,
      names = {"REGPROC", "REGCLASS", "REGTYPE", "ACLITEM", "ACLITEM_ARRAY"})
  void whatIsWrittenIsRead(SqlType type) {
    Object expected = Samples.value(type);
    Object actual = BinaryInput.read(type, write(type, expected));
    if (expected instanceof byte[] bytes) {
      assertArrayEquals(bytes, (byte[]) actual);
    } else {
      assertEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SqlType.class,
      names = {"REGPROC", "REGCLASS", "REGTYPE", "ACLITEM", "ACLITEM_ARRAY"})
  void aTypeWithoutABinaryFormatSaysSo(SqlType type) {
    SqlException failure = assertThrows(SqlException.class, () -> write(type, Samples.value(type)));
    assertEquals("42883", failure.sqlMessage().sqlState());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0000000000000000",
    "0.00, 0000000000000002",
    "1, 00010000000000000001",
    "-1.5, 0002000040000001" + "00011388",
    "10000, 00010001000000000001",
    "0.0001, 0001ffff000000040001",
    "12345.678, 000300010000000300010929" + "1a7c",
    "-0.00000001, 0001fffe400000080001",
    "1.50, 00020000000000020001" + "1388"
  })
  void numericIsAsPostgresWritesIt(String value, String bytes) {
    assertEquals(bytes, hex(SqlType.NUMERIC, new BigDecimal(value)));
  }

  @Test
  void momentsAreCountedFrom2000() {
    assertEquals("00000000", hex(SqlType.DATE, LocalDate.of(2000, 1, 1)));
    assertEquals(
        "ffffffffffffffff", hex(SqlType.TIMESTAMPTZ, Instant.parse("1999-12-31T23:59:59.999999Z")));
    assertEquals("7fffffffffffffff", hex(SqlType.TIMESTAMPTZ, Instant.MAX));
    assertEquals(
        "000000000000000a" + "00000002" + "00000001",
        hex(SqlType.INTERVAL, new SqlInterval(1, 2, 10)));
  }

  @Test
  void jsonbHasItsVersionBeforeIt() {
    assertEquals("017b7d", hex(SqlType.JSONB, "{}"));
  }

  @Test
  void arraysTellTheirShape() {
    assertEquals(
        "00000001"
            + "00000001"
            + "00000017"
            + "00000002"
            + "00000001"
            + "00000004"
            + "00000007"
            + "ffffffff",
        hex(SqlType.INT4_ARRAY, Arrays.asList(7, null)));
  }

  @Property(tries = 500, seed = "20261121")
  void numericsComeBackAsTheyWere(
      @ForAll BigInteger unscaled, @ForAll @IntRange(min = 0, max = 40) int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale);
    assertEquals(value, BinaryInput.read(SqlType.NUMERIC, write(SqlType.NUMERIC, value)));
  }

  @Property(tries = 2000, seed = "20261121")
  void anyBytesAreAValueOrAClearError(@ForAll byte[] bytes) {
    for (SqlType type : SqlType.values()) {
      try {
        BinaryInput.read(type, bytes);
      } catch (SqlException e) {
        assertEquals(5, e.sqlMessage().sqlState().length());
      }
    }
  }
}
