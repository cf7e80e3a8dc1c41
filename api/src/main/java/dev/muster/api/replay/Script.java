package dev.muster.api.replay;

import dev.muster.api.sql.tree.SqlText;
import dev.muster.api.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements in the order in which they are to be carried out, with remarks between. */
public final class Script {
  private final List<Line> lines = new ArrayList<>();

  /** A line of a script. */
  public sealed interface Line {
    /**
     * A statement.
     *
     * @param asSystem whether only {@code mz_system} may, through the internal door
     */
    record Run(Statement statement, boolean asSystem) implements Line {}

    /** What whoever reads the script should know. */
    record Remark(String text) implements Line {}
  }

  void run(Statement statement, boolean asSystem) {
    lines.add(new Line.Run(statement, asSystem));
  }

  void remark(String text) {
    lines.add(new Line.Remark(text));
  }

  void append(Script other) {
    lines.addAll(other.lines);
  }

  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Its statements alone. */
  public List<Statement> statements() {
    return lines.stream()
        .filter(Line.Run.class::isInstance)
        .map(line -> ((Line.Run) line).statement())
        .toList();
  }

  /** As psql takes it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      switch (line) {
        case Line.Run run -> {
          if (run.asSystem()) {
            text.append("-- As mz_system, through the internal port:\n");
          }
          text.append(SqlText.of(run.statement())).append(";\n");
        }
        // Whatever is in a name stays behind the dashes.
        case Line.Remark remark ->
            text.append("-- ").append(remark.text().replaceAll("\\R", " ")).append('\n');
      }
    }
    return text.toString();
  }
}
