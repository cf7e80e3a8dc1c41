package dev.muster.replicad;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hydration script: SQL statements that end in semicolons, each one object to hydrate.
 *
 * @param directory where files that the statements name are looked for first; empty for the
 *     built-in script
 */
record HydrationScript(List<String> statements, Optional<Path> directory) {
  /** Reads the script; the built-in one where none is given. */
  static HydrationScript of(Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      return new HydrationScript(
          split(Files.readString(file.get())),
          Optional.ofNullable(file.get().toAbsolutePath().getParent()));
    }
    try (InputStream builtIn =
        HydrationScript.class.getResourceAsStream("/dev/muster/replicad/default-hydration.sql")) {
      return new HydrationScript(
          split(new String(builtIn.readAllBytes(), StandardCharsets.UTF_8)), Optional.empty());
    }
  }

  /** Splits at semicolons outside of strings, quoted names, comments and dollar quotes. */
  static List<String> split(String sql) {
    List<String> statements = new ArrayList<>();
    int start = 0;
    boolean blank = true;
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int comment = endOfComment(sql, i);
      if (comment > i) {
        i = comment;
      } else if (c == ';') {
        if (!blank) {
          statements.add(sql.substring(start, i).strip());
        }
        i++;
        start = i;
        blank = true;
      } else {
        blank &= Character.isWhitespace(c);
        i = endOfToken(sql, i);
      }
    }
    if (!blank) {
      statements.add(sql.substring(start).strip());
    }
    return List.copyOf(statements);
  }

  private static int endOfComment(String sql, int i) {
    if (sql.startsWith("--", i)) {
      int end = sql.indexOf('\n', i);
      return end < 0 ? sql.length() : end + 1;
    }
    if (sql.startsWith("/*", i)) {
      int end = sql.indexOf("*/", i + 2);
      return end < 0 ? sql.length() : end + 2;
    }
    return i;
  }

  private static int endOfToken(String sql, int i) {
    char c = sql.charAt(i);
    if (c == '\'' || c == '"') {
      // A doubled quote reads as the end of one and the start of the next: the same places.
      int end = sql.indexOf(c, i + 1);
      return end < 0 ? sql.length() : end + 1;
    }
    if (c == '$') {
      int tagEnd = sql.indexOf('$', i + 1);
      if (tagEnd > 0 && sql.substring(i + 1, tagEnd).matches("([A-Za-z_][A-Za-z0-9_]*)?")) {
        String tag = sql.substring(i, tagEnd + 1);
        int end = sql.indexOf(tag, tagEnd + 1);
        return end < 0 ? sql.length() : end + tag.length();
      }
    }
    return i + 1;
  }
}
