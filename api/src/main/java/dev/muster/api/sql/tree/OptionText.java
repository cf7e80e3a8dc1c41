package dev.muster.api.sql.tree;

/** The options' part of {@link SqlText}. */
final class OptionText {
  private OptionText() {}

  static String of(Option option) {
    return option.name().sql() + option.value().map(value -> " = " + value(value)).orElse("");
  }

  static String of(WaitClause clause) {
    return switch (clause) {
      case WaitClause.For given -> "FOR " + value(given.duration());
      case WaitClause.UntilReady ready ->
          "UNTIL READY ("
              + SqlText.list(ready.options(), o -> o.name().sql() + " = " + value(o.value()))
              + ")";
    };
  }

  private static String value(OptionValue value) {
    return switch (value) {
      case OptionValue.Text text -> SqlText.text(text.text());
      case OptionValue.Word word -> SqlText.name(word.word());
      case OptionValue.Number number -> number.digits();
      case OptionValue.Flag flag -> flag.on() ? "true" : "false";
      case OptionValue.Null ignored -> "NULL";
      case OptionValue.Interval interval -> "INTERVAL " + SqlText.text(interval.text());
      case OptionValue.Items items -> "[" + SqlText.list(items.items(), OptionText::value) + "]";
      case OptionValue.Replicas replicas ->
          "("
              + SqlText.list(
                  replicas.definitions(),
                  r ->
                      SqlText.name(r.name())
                          + " ("
                          + SqlText.list(r.options(), OptionText::of)
                          + ")")
              + ")";
      case OptionValue.Manual ignored -> "MANUAL";
      case OptionValue.OnRefresh refresh ->
          "ON REFRESH"
              + refresh
                  .hydrationTimeEstimate()
                  .map(estimate -> " (HYDRATION TIME ESTIMATE = " + value(estimate) + ")")
                  .orElse("");
      case OptionValue.NoStrategy ignored -> "()";
      case OptionValue.OnHydration hydration ->
          "(ON HYDRATION ("
              + SqlText.list(hydration.options(), o -> o.name().sql() + " = " + value(o.value()))
              + "))";
    };
  }
}
