package dev.muster.api.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.sql.tree.SqlText;
import dev.muster.api.sql.tree.Statement;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every tree's text parses to the same tree. */
final class RoundTripTest {
  @Provide
  Arbitrary<Statement> statements() {
    return Trees.statements();
  }

  @Property(tries = 2000)
  void textOfATreeParsesToIt(@ForAll("statements") Statement tree) {
    String text = SqlText.of(tree);
    assertEquals(tree, SqlParser.parse(text).getFirst().tree(), text);
  }
}
