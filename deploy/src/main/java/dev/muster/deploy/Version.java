package dev.muster.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Pattern;

/** Which Muster this is. */
final class Version {
  static final String TEXT = "0.1.0";

  private static final String BUILD = "build.properties";
  private static final Pattern COMMIT = Pattern.compile("\\d+-\\p{XDigit}+");

  private Version() {}

  /**
   * The version as the members of a cluster compare it: that of the release, and when its commit
   * was made. One that was built without git counts as the eldest of its release.
   */
  static String ofBuild() {
    Properties build = new Properties();
    try (InputStream content = Version.class.getResourceAsStream(BUILD)) {
      if (content != null) {
        build.load(content);
      }
    } catch (IOException unreadable) {
      throw new StartupException("the jar of Muster cannot be read: " + unreadable.getMessage());
    }
    return of(build.getProperty("commit", ""));
  }

  /**
   * @param commit year, day of the year and time, as one number, and the beginning of its hash
   */
  static String of(String commit) {
    return COMMIT.matcher(commit).matches() ? TEXT + "+" + commit : TEXT;
  }
}
