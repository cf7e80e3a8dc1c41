package dev.muster.actors.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CrashesTest {
  private static final Set<String> THREE = Set.of("a", "b", "c");
  private final Crashes crashes = new Crashes();

  @Test
  void whoRefusesAllOthersIsGone() {
    crashes.says("a", Set.of("c"));
    crashes.says("b", Set.of("c"));
    assertEquals(Set.of("c"), crashes.proven("a", THREE));
  }

  @Test
  void oneWitnessIsNotEnoughWhereThereAreTwo() {
    crashes.says("a", Set.of("c"));
    assertEquals(Set.of(), crashes.proven("a", THREE));
    crashes.says("b", Set.of());
    assertEquals(Set.of(), crashes.proven("a", THREE));
  }

  @Test
  void nothingIsProvenThatOneDoesNotSeeOneself() {
    crashes.says("b", Set.of("c"));
    assertEquals(Set.of(), crashes.proven("a", THREE));
  }

  /** A firewall may refuse a healthy node whatever it sends: then the others are the majority. */
  @Test
  void whoIsRefusedByAllOthersRemovesNobody() {
    crashes.says("a", Set.of("b", "c"));
    assertEquals(Set.of(), crashes.proven("a", THREE));
  }

  @Test
  void halfIsNoMajority() {
    Set<String> four = Set.of("a", "b", "c", "d");
    crashes.says("a", Set.of("c", "d"));
    crashes.says("b", Set.of("c", "d"));
    assertEquals(Set.of(), crashes.proven("a", four));
  }

  @Test
  void twoOfFiveMayGoAtOnce() {
    Set<String> five = Set.of("a", "b", "c", "d", "e");
    for (String survivor : Set.of("a", "b", "c")) {
      crashes.says(survivor, Set.of("d", "e"));
    }
    assertEquals(Set.of("d", "e"), crashes.proven("a", five));
  }

  /** A client, or a node that only runs replicas, has no voice, and can be gone like any other. */
  @Test
  void oneWhoDoesNotVoteIsGoneToo() {
    THREE.forEach(voter -> crashes.says(voter, Set.of("client")));
    assertEquals(Set.of("client"), crashes.proven("a", THREE));
  }

  @Test
  void whatSomebodySaidOfAnEarlierMembershipIsForgotten() {
    crashes.says("a", Set.of("c"));
    crashes.says("b", Set.of("c"));
    crashes.proven("a", Set.of("a", "c", "d"));
    assertEquals(Set.of(), crashes.proven("a", THREE));
  }

  @Test
  void whatIsSeenNoMoreProvesNothing() {
    crashes.says("a", Set.of("c"));
    crashes.says("b", Set.of("c"));
    crashes.says("b", Set.of());
    assertEquals(Set.of(), crashes.proven("a", THREE));
  }

  /** Whatever is said, who decides is one of a majority, all of whom it has not removed agree. */
  @Property(tries = 500)
  void onlyAMajorityThatAgreesRemoves(
      @ForAll("said") Map<Character, Set<Character>> said, @ForAll("voters") Set<Character> all) {
    Set<String> voters = names(all);
    voters.add("a");
    said.forEach((member, seen) -> crashes.says(member.toString(), names(seen)));
    Set<String> gone = crashes.proven("a", voters);
    if (!gone.isEmpty()) {
      Set<String> seen = crashes.saidBy("a");
      Set<String> survivors = new HashSet<>(voters);
      survivors.removeAll(seen);
      assertTrue(2 * survivors.size() > voters.size());
      for (String survivor : survivors) {
        assertTrue(crashes.saidBy(survivor).containsAll(gone));
      }
    }
  }

  @Provide
  static Arbitrary<Set<Character>> voters() {
    return Arbitraries.chars().range('a', 'f').set().ofMaxSize(6);
  }

  @Provide
  static Arbitrary<Map<Character, Set<Character>>> said() {
    return Arbitraries.maps(
        Arbitraries.chars().range('a', 'f'), Arbitraries.of('d', 'e', 'f').set().ofMaxSize(3));
  }

  private static Set<String> names(Set<Character> members) {
    Set<String> names = new HashSet<>();
    members.forEach(member -> names.add(member.toString()));
    return names;
  }
}
