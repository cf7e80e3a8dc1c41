package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.sql.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What deployment tools say of schemas, of which there is one. */
final class SchemaStatementsTest {
  private final Talk talk = new Talk();

  @Test
  void unknownSchemasCannotBeSwapped() {
    talk.muster.managed("a", "materialize", "small", 1);
    var error =
        talk.fails(
            "BEGIN; ALTER SCHEMA \"a\" SWAP WITH \"b\"; ALTER CLUSTER \"a\" SWAP WITH quickstart;"
                + " COMMIT;");
    assertEquals("unknown schema 'a'", error.message());
    assertEquals("3F000", error.sqlState());
    assertEquals("ROLLBACK", talk.tag("COMMIT"));
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void droppingWhatIsNotThereIsDone() {
    assertEquals("DROP SCHEMA", talk.tag("DROP SCHEMA IF EXISTS \"x\" CASCADE"));
    assertEquals(List.of("schema \"x\" does not exist, skipping"), talk.notices());
    assertEquals("3F000", talk.fails("DROP SCHEMA x").sqlState());
  }
}
