package dev.muster.deploy.audit;

import dev.muster.deploy.JournalOptions;
import dev.muster.deploy.RunningNode;
import dev.muster.deploy.StartupException;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.verify.Finding;
import dev.muster.journal.verify.JournalVerifier;
import dev.muster.journal.verify.JournalVerifier.Anchor;
import dev.muster.journal.verify.LiveState;
import dev.muster.journal.verify.RawJournal;
import dev.muster.journal.verify.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code muster audit verify}: whether the journal is what Muster wrote. */
@Command(
    name = "verify",
    description = {
      "Reads the whole journal and says whether it is what Muster wrote: every event follows the"
          + " one before it by its hash, none is missing, there twice or out of order, and what"
          + " they fold to is what snapshots and the running Muster say. Names the first bad event."
          + " Changes nothing, ever.",
      "Exits with 0 where all is well, with 1 where something is not, or cannot be read."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  /** More are counted, not told. */
  private static final int FINDINGS_TOLD = 20;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private JournalOptions journalOptions;

  @Option(
      names = "--live",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "where nodes of the running Muster answer over HTTP (default: that of the data directory,"
              + " if it runs)")
  private List<String> live = List.of();

  @Option(
      names = "--anchor",
      paramLabel = "NUMBER:HASH",
      description =
          "what an earlier verification said of the environment's last event: finds what was cut"
              + " off the end since")
  private String anchor;

  @Override
  public Integer call() {
    Optional<Anchor> kept = Optional.ofNullable(anchor).map(this::anchor);
    // First: the journal is then at least as new.
    Optional<Map<String, LiveState>> running = running();
    try (RawJournal journal = journalOptions.openRaw()) {
      List<String> damage = journal.damage();
      if (!damage.isEmpty()) {
        throw new StartupException(
            "the journal %s is damaged, and must be restored from a backup: %s"
                .formatted(journal.description(), damage.getFirst()));
      }
      Verdict verdict = JournalVerifier.verify(journal, running.orElse(Map.of()), kept);
      PrintWriter out = spec.commandLine().getOut();
      tell(out, journal.description(), verdict, running.isPresent());
      out.flush();
      return verdict.isGood() ? 0 : 1;
    } catch (JournalUnusableException unusable) {
      throw new StartupException(unusable.getMessage());
    }
  }

  private Optional<Map<String, LiveState>> running() {
    if (live.isEmpty()) {
      return journalOptions.isEmbedded()
          ? RunningNode.of(journalOptions.dataDirectory())
          : Optional.empty();
    }
    Map<String, LiveState> states = new HashMap<>();
    for (String address : live) {
      try {
        RunningNode.at(address)
            .forEach(
                (entity, state) ->
                    // One that moves may be told of by two: the newer one has it.
                    states.merge(
                        entity,
                        state,
                        (one, other) ->
                            one.sequenceNumber() >= other.sequenceNumber() ? one : other));
      } catch (IOException | IllegalArgumentException nobody) {
        throw new StartupException(
            "no Muster answers at %s: %s".formatted(address, nobody.getMessage()));
      }
    }
    return Optional.of(states);
  }

  private Anchor anchor(String text) {
    if (!text.matches("[1-9][0-9]{0,17}:[A-Za-z0-9_-]{43}")) {
      throw new ParameterException(
          spec.commandLine(), "\"" + text + "\" is no anchor; write it as NUMBER:HASH");
    }
    int colon = text.indexOf(':');
    return new Anchor(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
  }

  private static void tell(PrintWriter out, String journal, Verdict verdict, boolean running) {
    out.printf("journal      %s%n", journal);
    out.printf("events       %d of %d entities%n", verdict.events(), verdict.entities());
    out.printf(
        "chains       %d events chained%s%n",
        verdict.events() - verdict.eventsUnchained(),
        verdict.eventsUnchained() == 0
            ? ""
            : ", "
                + verdict.eventsUnchained()
                + " from before chains were kept (of those: numbers, times and states alone)");
    out.printf("checkpoints  %d%n", verdict.checkpoints());
    out.printf("snapshots    %d compared%n", verdict.snapshots());
    out.printf(
        "live         %s%n",
        running ? verdict.states() + " states compared" : "no Muster runs: not compared");
    if (!verdict.environmentHash().isEmpty()) {
      out.printf("anchor       %d:%s%n", verdict.environmentEvents(), verdict.environmentHash());
    }
    verdict.notes().forEach(note -> out.printf("note         %s%n", note));
    if (verdict.isGood()) {
      out.println("verdict      good");
      return;
    }
    List<Finding> findings = verdict.findings();
    out.printf(
        "verdict      BAD: %d found; the first bad event is the first of these%n", findings.size());
    findings.stream().limit(FINDINGS_TOLD).forEach(finding -> out.println("  " + finding.text()));
    if (findings.size() > FINDINGS_TOLD) {
      out.printf("  and %d more%n", findings.size() - FINDINGS_TOLD);
    }
  }
}
