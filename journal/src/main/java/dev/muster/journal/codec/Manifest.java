package dev.muster.journal.codec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands beside the bytes in the journal: {@code cluster.size-changed:1}.
 *
 * @param type the id of the type, never changed and never used for anything else
 * @param version counted from 1
 */
public record Manifest(String type, int version) {
  private static final Pattern FORM = Pattern.compile("([a-z][a-z.-]*):([1-9][0-9]{0,8})");

  /** Empty where the text is no manifest of ours. */
  public static Optional<Manifest> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new Manifest(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return type + ":" + version;
  }
}
