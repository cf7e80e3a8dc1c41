package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VersionTest {
  private static final String SETTING = "pekko.cluster.app-version";

  private static void assertOlder(String one, String other) {
    assertTrue(pekko(one).compareTo(pekko(other)) < 0, one + " is older than " + other);
  }

  private static org.apache.pekko.util.Version pekko(String version) {
    return new org.apache.pekko.util.Version(version).parse();
  }

  @Test
  void theLaterCommitIsTheNewerVersion() {
    String one = Version.of("263270033-ffffffff0");
    assertOlder(one, Version.of("263270034-000000001"));
    assertOlder(one, Version.of("270010000-000000001"));
    assertOlder(one, one.replace(Version.TEXT, "0.1.1"));
    assertOlder(one, one.replace(Version.TEXT, "0.2.0"));
  }

  @Test
  void whatWasBuiltWithoutGitIsTheEldestOfItsRelease() {
    assertEquals(Version.TEXT, Version.of("${build.commit}"));
    assertEquals(Version.TEXT, Version.of(""));
    assertOlder(Version.TEXT, Version.of("263270033-ffffffff0"));
    assertOlder("0.0.0", Version.TEXT);
  }

  @Test
  void theBuildOfTheseTestsHasOne() {
    pekko(Version.ofBuild());
    assertTrue(Version.ofBuild().startsWith(Version.TEXT), Version.ofBuild());
  }

  @Test
  void theInstallationMaySayAnother() {
    Config defaults = MembershipConfiguration.defaults(Optional.empty());
    assertEquals(Version.ofBuild(), defaults.getString(SETTING));
    Config given = ConfigFactory.parseString(SETTING + " = 7.0.0");
    assertEquals("7.0.0", given.withFallback(defaults).getString(SETTING));
  }
}
