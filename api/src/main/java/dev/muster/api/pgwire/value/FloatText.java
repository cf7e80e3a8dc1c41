package dev.muster.api.pgwire.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as PostgreSQL prints them: the fewest digits that give the same number
 * back; with an exponent below -4, and from 15 digits (float8) or 6 (float4) on.
 */
final class FloatText {
  private FloatText() {}

  static String format(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return special(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal shorter = oneDigit(digits);
    BigDecimal chosen = shorter.doubleValue() == value ? shorter : digits;
    boolean suspect = Math.abs(value) >= 0x1p53;
    return format(suspect ? between(chosen, value, Math.ulp(value)) : chosen, 15);
  }

  static String format(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return special(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Float.toString(value)).stripTrailingZeros();
    BigDecimal shorter = oneDigit(digits);
    BigDecimal chosen = shorter.floatValue() == value ? shorter : digits;
    boolean suspect = Math.abs(value) >= 0x1p24;
    return format(suspect ? between(chosen, value, Math.ulp(value)) : chosen, 6);
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value > 0 ? "Infinity" : "-Infinity";
  }

  /** Java always prints two digits at least, and chooses both (4.9E-324); one may do (5e-324). */
  private static BigDecimal oneDigit(BigDecimal digits) {
    return digits.precision() == 2
        ? digits.setScale(digits.scale() - 1, RoundingMode.HALF_EVEN).stripTrailingZeros()
        : digits;
  }

  /**
   * PostgreSQL does not print a number that lies midway between two floating-point numbers, though
   * it would be read as the even one: it takes more digits. That is possible for large ones only.
   */
  private static BigDecimal between(BigDecimal chosen, double value, double gap) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal halfGap = new BigDecimal(gap / 2);
    BigDecimal better = chosen;
    int precision = chosen.precision();
    while (better.subtract(exact).abs().compareTo(halfGap) >= 0) {
      precision++;
      better = exact.round(new MathContext(precision)).stripTrailingZeros();
    }
    return better;
  }

  private static String format(BigDecimal digits, int exponentFrom) {
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < exponentFrom) {
      return digits.toPlainString();
    }
    String unscaled = digits.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(digits.signum() < 0 ? "-" : "");
    text.append(unscaled.charAt(0));
    if (unscaled.length() > 1) {
      text.append('.').append(unscaled, 1, unscaled.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    return text.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }
}
