package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The id of a cluster, never used twice: {@code u1, u2, ...} for those of users, {@code s1, s2,
 * ...} for those of the system.
 */
public record ClusterId(@JsonValue String value) implements Comparable<ClusterId> {
  private static final int MOST_DIGITS = 18;

  @JsonCreator
  public ClusterId {
    if (!isForm(value, value.length())) {
      throw new IllegalArgumentException("not a cluster id: " + value);
    }
  }

  /** Whether a text begins with an id of that length: {@code [us][1-9][0-9]{0,17}}. */
  static boolean isForm(String text, int length) {
    return length > 1
        && (text.charAt(0) == 'u' || text.charAt(0) == 's')
        && isNumber(text, 1, length);
  }

  /** Whether a part of a text is a number as ids have it: {@code [1-9][0-9]{0,17}}. */
  static boolean isNumber(String text, int from, int to) {
    if (to - from < 1 || to - from > MOST_DIGITS || text.charAt(from) == '0') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  public static ClusterId user(long number) {
    return new ClusterId("u" + number);
  }

  public static ClusterId system(long number) {
    return new ClusterId("s" + number);
  }

  /** Whether the cluster belongs to the system: users may neither alter nor drop it. */
  @JsonIgnore
  public boolean isSystem() {
    return value.charAt(0) == 's';
  }

  @JsonIgnore
  public long number() {
    return Long.parseLong(value, 1, value.length(), 10);
  }

  /** System clusters first, then in the order of creation. */
  @Override
  public int compareTo(ClusterId other) {
    int byKind = Character.compare(value.charAt(0), other.value.charAt(0));
    return byKind != 0 ? byKind : Long.compare(number(), other.number());
  }

  @Override
  public String toString() {
    return value;
  }
}
