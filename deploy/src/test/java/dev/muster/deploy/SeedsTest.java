package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.membership.NodeRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedsTest {
  private static final String A = "10.0.1.5:25520";
  private static final String B = "10.0.2.5:25520";
  private static final String C = "10.0.3.5:25520";

  private static StartOptions.Membership node(String address, boolean form, String... seeds) {
    return node(address, form, EnumSet.allOf(NodeRole.class), Optional.empty(), seeds);
  }

  private static StartOptions.Membership node(
      String address,
      boolean form,
      Set<NodeRole> roles,
      Optional<StartOptions.Discovery> discovery,
      String... seeds) {
    return new StartOptions.Membership(
        0, "az1", address, List.of(seeds), discovery, List.of("c:9042"), form, roles);
  }

  @Test
  void theFirstSeedThatNeverWasAMemberFoundsTheCluster() {
    assertEquals(new Seeds(List.of(A, B), false), Seeds.of(node(A, false, A, B), Optional.empty()));
  }

  @Test
  void theFirstSeedThatWasAMemberFoundsNoneBeforeAllOthersAreThere() {
    assertEquals(
        new Seeds(List.of(A, B, C), true),
        Seeds.of(node(A, false, A, B), Optional.of(Set.of(B, C))));
  }

  @Test
  void whoeverElseWasAMemberOnlyJoinsAndAsksAllWhomItKnew() {
    assertEquals(
        new Seeds(List.of(A, C), false), Seeds.of(node(B, false, A, B), Optional.of(Set.of(C))));
  }

  @Test
  void theOnlySeedAsksThoseWhomItKnew() {
    assertEquals(
        new Seeds(List.of(A, B), true), Seeds.of(node(A, false, A), Optional.of(Set.of(B))));
  }

  @Test
  void theOnlyNodeOfAllFoundsItsClusterAgain() {
    assertEquals(new Seeds(List.of(A), false), Seeds.of(node(A, false, A), Optional.of(Set.of())));
  }

  @Test
  void whoeverIsToldToFoundsOneWithoutAskingAnybody() {
    assertEquals(
        new Seeds(List.of(B), false), Seeds.of(node(B, true, A, B), Optional.of(Set.of(A))));
  }

  @Test
  void aNodeWithoutEntitiesFoundsNoneThoughItIsTheFirstSeed() {
    Set<NodeRole> roles = EnumSet.of(NodeRole.DOORS, NodeRole.REPLICAS);

    assertEquals(
        new Seeds(List.of(B, C), false),
        Seeds.of(node(A, false, roles, Optional.empty(), A, B, C), Optional.empty()));
  }

  @Test
  void whoeverDiscoversTheOthersHasNoSeedsUnlessToldToFoundACluster() {
    var discovery =
        Optional.of(
            new StartOptions.Discovery(
                StartOptions.Discovery.Method.CONFIG,
                List.of("10.0.1.5:8558"),
                1,
                "10.0.1.5:8558"));
    Set<NodeRole> roles = EnumSet.allOf(NodeRole.class);

    assertEquals(
        new Seeds(List.of(), false),
        Seeds.of(node(A, false, roles, discovery), Optional.of(Set.of(B))));
    assertEquals(
        new Seeds(List.of(A), false),
        Seeds.of(node(A, true, roles, discovery), Optional.of(Set.of(B))));
  }

  @Test
  void whoWaitsSaysForWhomAndWhatCanBeDone() {
    Seeds waits = new Seeds(List.of(A, B, C), true);
    assertEquals(List.of(B, C), waits.others(A));
    assertTrue(waits.explanation().contains("--form"), waits.explanation());
    assertFalse(new Seeds(List.of(A, B), false).explanation().contains("--form"));
  }
}
