package dev.muster.replicad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HydrationScriptTest {
  @Test
  void statementsEndInSemicolons() {
    assertEquals(List.of("a", "b"), HydrationScript.split("a; b;\n"));
    assertEquals(List.of("a", "b"), HydrationScript.split(";;a;;b"));
  }

  @Test
  void semicolonsInsideOfStringsNamesAndDollarQuotesDoNotEndAStatement() {
    assertEquals(
        List.of("select ';', 'it''s; ', \"x;\"\"y\"", "b"),
        HydrationScript.split("select ';', 'it''s; ', \"x;\"\"y\"; b"));
    assertEquals(
        List.of("select $$ ; $$, $tag$ ; $$ $tag$", "b"),
        HydrationScript.split("select $$ ; $$, $tag$ ; $$ $tag$; b"));
    assertEquals(List.of("select $1", "b$2"), HydrationScript.split("select $1; b$2"));
  }

  @Test
  void commentsHideSemicolonsAndAloneAreNoStatement() {
    assertEquals(
        List.of("a -- ; no end\n + 1", "b"), HydrationScript.split("a -- ; no end\n + 1; b"));
    assertEquals(List.of("a /* ; */ + 1"), HydrationScript.split("a /* ; */ + 1; /* ; */ -- ;"));
  }

  @Test
  void whatIsNotClosedGoesToTheEnd() {
    assertEquals(List.of("select 'a; b"), HydrationScript.split("select 'a; b"));
    assertEquals(List.of("select $$a; b"), HydrationScript.split("select $$a; b"));
    assertEquals(List.of("a /* ;"), HydrationScript.split("a /* ;"));
  }

  @Test
  void theBuiltInScriptHasFourObjects() throws IOException {
    assertEquals(4, HydrationScript.of(Optional.empty()).statements().size());
  }
}
