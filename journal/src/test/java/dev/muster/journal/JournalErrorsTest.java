package dev.muster.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gap is told in the same line, whichever journal it is in. */
class JournalErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"6 | 7 | event 6 is", "5 | 7 | events 5 to 6 are"})
  void aGapThatCassandrasPluginMetIsOneLine(long missing, long seen, String which) {
    IllegalStateException met =
        new IllegalStateException(
            "Sequence number [%d] still missing after 2.000 s, saw unexpected seqNr [%d] for persistenceId [cluster|u1]."
                .formatted(missing, seen));
    Optional<String> line =
        Optional.of("cluster|u1: " + which + " missing in the journal; run 'muster audit verify'");
    assertEquals(line, JournalErrors.describe(met), "as a recovery meets it");
    assertEquals(
        line,
        JournalErrors.describe(
            new IllegalStateException(
                "cannot read the journal of persistenceId [cluster|u1]: " + met.getMessage(), met)),
        "as a reading meets it");
  }

  @Test
  void whatHasNothingToDoWithTheJournalIsNotDescribed() {
    assertEquals(
        Optional.empty(), JournalErrors.describe(new IllegalStateException("Sequence number")));
  }
}
