package dev.muster.api.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.journal.event.EnvironmentEvent.SystemParameterChanged;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final String LIMIT = "max_credit_consumption_rate";

  private final CatalogFixture fixture = new CatalogFixture();

  private void limit(Optional<String> old, Optional<String> now) {
    fixture.environment(new SystemParameterChanged(LIMIT, old, now));
  }

  private JsonNode environment(Instant from, Instant to) {
    return Differences.of(fixture.journal(), from, to, name -> true).get("environment");
  }

  @Test
  void aSystemParameterIsAmongTheChanges() {
    Instant before = fixture.now();
    limit(Optional.empty(), Optional.of("20"));
    Instant limited = fixture.now();
    limit(Optional.of("20"), Optional.empty());
    JsonNode set = environment(before, limited).get("changes");
    assertEquals(1, set.size());
    assertEquals("system_parameters." + LIMIT, set.get(0).get("what").textValue());
    assertTrue(set.get(0).get("old").isNull());
    assertEquals("20", set.get(0).get("new").textValue());
    assertTrue(environment(limited, fixture.now()).get("changes").get(0).get("new").isNull());
  }

  @Test
  void aStateTellsTheSystemParameters() {
    limit(Optional.empty(), Optional.of("20"));
    assertEquals(
        "20",
        StateJson.of(fixture.snapshot(), fixture.now(), name -> true)
            .get("system_parameters")
            .get(LIMIT)
            .textValue());
  }

  /** As a number it would be rounded by most who read JSON. */
  @Test
  void theIdOfAnEventIsTextAsTheAuditLogPrintsIt() {
    Instant before = fixture.now();
    limit(Optional.empty(), Optional.of("20"));
    JsonNode id = environment(before, fixture.now()).get("events").get(0).get("id");
    assertTrue(id.isTextual());
    assertEquals(
        fixture
            .journal()
            .environment(1, Long.MAX_VALUE)
            .toCompletableFuture()
            .join()
            .getLast()
            .recorded()
            .at()
            .value(),
        Long.parseLong(id.textValue()));
  }

  @Test
  void theScriptThatRebuildsSetsThem() {
    limit(Optional.empty(), Optional.of("20"));
    assertTrue(
        Rebuild.of(Declaration.of(fixture.snapshot()))
            .text()
            .endsWith("ALTER SYSTEM SET \"" + LIMIT + "\" = '20';\n"));
  }
}
