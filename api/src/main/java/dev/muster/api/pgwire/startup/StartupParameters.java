package dev.muster.api.pgwire.startup;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The start-up message's parameters, with {@code options} taken apart as PostgreSQL's command line:
 * {@code -c name=value}, {@code -cname=value}, {@code --name=value}; spaces divide, a backslash
 * keeps the next character as it is. A parameter given by itself wins over the same one in {@code
 * options}.
 */
final class StartupParameters {
  private static final String ENCODING = "client_encoding";

  private StartupParameters() {}

  static Map<String, String> resolve(Map<String, String> given) {
    if (given.getOrDefault("user", "").isEmpty()) {
      throw fatal("28000", "no PostgreSQL user name specified in startup packet");
    }
    String replication = given.getOrDefault("replication", "off").toLowerCase(Locale.ROOT);
    if (!List.of("off", "false", "no", "0", "f", "n").contains(replication)) {
      throw fatal("0A000", "replication connections are not supported");
    }
    Map<String, String> all = new LinkedHashMap<>(options(given.getOrDefault("options", "")));
    all.putAll(given);
    all.remove("options");
    all.remove("replication");
    if (all.containsKey(ENCODING)) {
      all.put(ENCODING, utf8(all.get(ENCODING)));
    }
    return all;
  }

  /**
   * UTF8 under its names. SQL_ASCII, which psql asks for in a locale without one, means "do not
   * convert", and so is UTF8 too.
   */
  private static String utf8(String encoding) {
    String plain = encoding.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    if (!List.of("utf8", "unicode", "sqlascii").contains(plain)) {
      throw new SqlException(
          SqlMessage.error(
                  "22023",
                  "invalid value for parameter \"client_encoding\": \"%s\"".formatted(encoding))
              .withHint("Only UTF8 is supported.")
              .withSeverity(Severity.FATAL));
    }
    return "UTF8";
  }

  static Map<String, String> options(String options) {
    Map<String, String> settings = new LinkedHashMap<>();
    Iterator<String> words = words(options).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("-c") && words.hasNext()) {
        put(settings, word, words.next());
      } else if (word.startsWith("-c") && word.length() > 2) {
        put(settings, word, word.substring(2));
      } else if (word.startsWith("--") && word.length() > 2) {
        put(settings, word, word.substring(2));
      } else {
        throw fatal("42601", "invalid command-line argument for server process: " + word);
      }
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String word, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw fatal("42601", "%s requires a value".formatted(word));
    }
    settings.put(
        assignment.substring(0, equals).replace('-', '_'), assignment.substring(equals + 1));
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        inWord = true;
        boolean escape = c == '\\' && i + 1 < options.length();
        word.append(escape ? options.charAt(++i) : c);
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static SqlException fatal(String sqlState, String message) {
    return new SqlException(SqlMessage.error(sqlState, message).withSeverity(Severity.FATAL));
  }
}
