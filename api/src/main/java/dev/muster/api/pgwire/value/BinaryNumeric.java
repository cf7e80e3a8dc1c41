package dev.muster.api.pgwire.value;

import dev.muster.api.pgwire.frame.OutputBuffer;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code numeric} in binary: digits to the base of 10,000.
 *
 * <pre>
 *   digits (2 bytes)  weight of the first, in digits (2)  sign (2)  decimals to display (2)  each digit (2)
 * </pre>
 */
final class BinaryNumeric {
  private static final int DIGIT_DECIMALS = 4;
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final int NEGATIVE = 0x4000;
  private static final int DISPLAY_MAX = 0x3fff;

  private BinaryNumeric() {}

  static void write(BigDecimal value, OutputBuffer out) {
    int decimals = Math.max(value.scale(), 0);
    int fractionDigits = (decimals + DIGIT_DECIMALS - 1) / DIGIT_DECIMALS;
    List<Integer> digits = digits(value.abs().setScale(fractionDigits * DIGIT_DECIMALS));
    int weight = digits.size() - fractionDigits - 1;
    int end = digits.size();
    while (end > 0 && digits.get(end - 1) == 0) {
      end--;
    }
    out.int16(end).int16(end == 0 ? 0 : weight);
    out.int16(value.signum() < 0 ? NEGATIVE : 0).int16(decimals);
    digits.subList(0, end).forEach(out::int16);
  }

  /** From the most significant on, which is not zero. */
  private static List<Integer> digits(BigDecimal aligned) {
    List<Integer> digits = new ArrayList<>();
    BigInteger rest = aligned.unscaledValue();
    while (rest.signum() != 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      digits.add(parts[1].intValue());
      rest = parts[0];
    }
    java.util.Collections.reverse(digits);
    return digits;
  }

  static BigDecimal read(ByteBuffer in) {
    int count = in.getShort() & 0xffff;
    int weight = in.getShort();
    int sign = in.getShort() & 0xffff;
    int decimals = in.getShort() & 0xffff;
    boolean sound = (sign == 0 || sign == NEGATIVE) && decimals <= DISPLAY_MAX;
    if (!sound || in.remaining() != 2 * count) { // NaN and the infinities have no BigDecimal
      throw ValueErrors.invalidBinary(SqlType.NUMERIC);
    }
    StringBuilder digits = new StringBuilder(DIGIT_DECIMALS * count + 1).append('0');
    for (int i = 0; i < count; i++) {
      int digit = in.getShort();
      if (digit < 0 || digit > 9999) {
        throw ValueErrors.invalidBinary(SqlType.NUMERIC);
      }
      digits.append(Integer.toString(10_000 + digit), 1, 5);
    }
    BigInteger unscaled = new BigInteger(digits.toString());
    int scale = DIGIT_DECIMALS * (count - weight - 1);
    return new BigDecimal(sign == 0 ? unscaled : unscaled.negate(), scale)
        .setScale(decimals, RoundingMode.DOWN);
  }
}
