package dev.muster.deploy.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.past.PastJournal;
import dev.muster.api.catalog.past.PastState;
import dev.muster.api.replay.Declaration;
import dev.muster.api.replay.Differences;
import dev.muster.api.replay.Rebuild;
import dev.muster.api.replay.StateJson;
import dev.muster.api.replay.Undo;
import dev.muster.deploy.JournalOptions;
import dev.muster.deploy.StartupException;
import dev.muster.journal.JournalErrors;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.read.StoredJournal;
import dev.muster.journal.state.ImpossibleEventException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code muster replay}: what the journal says of the past. */
@Command(
    name = "replay",
    description = {
      "Reads the journal of a data directory, or one in Cassandra, of a Muster that runs or that"
          + " has stopped, and prints what it says of the past. Changes nothing, ever.",
      "A time is written as 2026-11-20T10:00:00Z, as '2026-11-20 10:00' (UTC), or as milliseconds"
          + " since 1970; a date alone is its first moment."
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private JournalOptions journalOptions;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "of this cluster alone; by its name at any of the times asked for")
  private String cluster;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "with --until: json, or sql for the script that rebuilds the state in a new installation"
              + " (default: ${DEFAULT-VALUE})")
  private Format format = Format.json;

  @ArgGroup private Question question = new Question();

  /** As it is written on the command line. */
  enum Format {
    json,
    sql
  }

  /** One of these. */
  static final class Question {
    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "print the state at this time (default: the last event's)")
    private String until;

    @Option(
        names = "--diff",
        arity = "2",
        paramLabel = "TIME",
        description = "print what changed between two times, and who did it")
    private List<String> diff;

    @Option(
        names = "--sql-to",
        paramLabel = "TIME",
        description =
            "print the statements that bring the present back to what was declared at this time;"
                + " they are carried out by whoever sends them to Muster, never by this command")
    private String sqlTo;

    private List<String> times() {
      return diff != null ? diff : Stream.of(until, sqlTo).filter(time -> time != null).toList();
    }
  }

  @Override
  public Integer call() {
    question.times().forEach(this::parsed);
    try (StoredJournal journal = journalOptions.open()) {
      Instant beginning = beginning(journal);
      spec.commandLine().getOut().print(answer(journal, beginning));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (JournalUnusableException unusable) {
      throw new StartupException(unusable.getMessage());
    } catch (CompletionException | ImpossibleEventException unreadable) {
      throw new StartupException(describe(unreadable));
    } catch (CatalogIncompleteException damaged) {
      throw new StartupException(
          damaged.getMessage() + damaged.damage().map(damage -> ": " + damage).orElse(""));
    }
  }

  private static String describe(RuntimeException unreadable) {
    return JournalErrors.describe(unreadable)
        .orElseGet(() -> "the journal makes no sense: " + unreadable.getMessage());
  }

  private static Instant beginning(JournalReader journal) {
    List<Sequenced<EnvironmentEvent>> first =
        journal.environment(1, 1).toCompletableFuture().join();
    if (first.isEmpty()) {
      throw new StartupException("the journal is empty: this Muster never served");
    }
    return first.getFirst().recorded().at().instant();
  }

  private String answer(JournalReader journal, Instant beginning) {
    if (question.diff != null) {
      Instant from = time(question.diff.getFirst(), beginning);
      Instant to = time(question.diff.getLast(), beginning);
      if (from.isAfter(to)) {
        throw new ParameterException(spec.commandLine(), "--diff: " + from + " is after " + to);
      }
      return text(Differences.of(journal, from, to, this::isAskedFor));
    }
    if (question.sqlTo != null) {
      CatalogSnapshot present = PastState.readable(journal);
      CatalogSnapshot past =
          PastState.readable(new PastJournal(journal, time(question.sqlTo, beginning)));
      PastState.requireReadable(this::isAskedFor, present, past);
      return Undo.of(declaration(present, past), declaration(past, present)).text();
    }
    Instant until =
        Optional.ofNullable(question.until)
            .map(text -> time(text, beginning))
            .orElseGet(InstantSource.system()::instant);
    CatalogSnapshot state = PastState.readable(new PastJournal(journal, until));
    PastState.requireReadable(this::isAskedFor, state);
    Declaration declaration = declaration(state, state);
    requireFound(declaration, until);
    return switch (format) {
      case sql -> Rebuild.of(declaration).text();
      case json -> {
        ObjectNode json = StateJson.of(state, until, this::isAskedFor);
        yield text(json.put("rebuild_sql", Rebuild.of(declaration).text()));
      }
    };
  }

  /** Of one cluster where that was asked for, by its name in either state. */
  private Declaration declaration(CatalogSnapshot of, CatalogSnapshot other) {
    Declaration all = Declaration.of(of);
    return cluster == null ? all : all.only(cluster, Declaration.of(other));
  }

  private void requireFound(Declaration declaration, Instant until) {
    if (cluster != null && declaration.clusters().isEmpty()) {
      throw new StartupException("there was no cluster \"" + cluster + "\" at " + until);
    }
  }

  private boolean isAskedFor(String name) {
    return cluster == null || cluster.equals(name);
  }

  private Instant time(String text, Instant beginning) {
    Instant time = parsed(text);
    if (time.isBefore(beginning)) {
      throw new StartupException(
          "there is nothing yet at " + time + ": the journal begins at " + beginning);
    }
    Instant now = InstantSource.system().instant();
    if (time.isAfter(now)) {
      throw new StartupException(time + " is in the future: it is " + now + " now");
    }
    return time;
  }

  private Instant parsed(String text) {
    return Times.parse(text)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "\"" + text + "\" is no time; write it as 2026-11-20T10:00:00Z"));
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
