package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberedMembersTest {
  @TempDir private Path folder;

  @Test
  void aNodeThatNeverWasAMemberRemembersNothing() {
    assertEquals(Optional.empty(), RememberedMembers.read(folder));
  }

  @Test
  void theLatestMembersAreRemembered() throws IOException {
    RememberedMembers.write(folder, Set.of("a:1", "b:2"));
    RememberedMembers.write(folder, Set.of("b:2", "c:3"));

    assertEquals(Optional.of(Set.of("b:2", "c:3")), RememberedMembers.read(folder));
  }

  @Test
  void whoWasTheOnlyMemberRemembersThatItWasOne() throws IOException {
    RememberedMembers.write(folder, Set.of());

    assertEquals(Optional.of(Set.of()), RememberedMembers.read(folder));
  }

  @Test
  void whatCannotBeReadIsNotTakenForNothing() throws IOException {
    Files.writeString(folder.resolve("cluster-members"), "layout 99\n");

    StartupException refused =
        assertThrows(StartupException.class, () -> RememberedMembers.read(folder));
    assertTrue(refused.getMessage().contains("layout"), refused.getMessage());
  }
}
