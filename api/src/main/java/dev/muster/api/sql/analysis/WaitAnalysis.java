package dev.muster.api.sql.analysis;

import dev.muster.api.command.WaitPolicy;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.api.sql.tree.OptionValue.StrategyOptionName;
import dev.muster.api.sql.tree.WaitClause;
import dev.muster.api.sql.tree.WaitClause.ReadyOptionName;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.OnTimeout;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the options within options ask for: {@code WITH (WAIT ..)} and {@code ON HYDRATION (..)}.
 */
final class WaitAnalysis {
  private WaitAnalysis() {}

  static WaitPolicy policy(WaitClause clause) {
    return switch (clause) {
      case WaitClause.For given -> new WaitPolicy.For(bounded("WAIT FOR", given.duration()));
      case WaitClause.UntilReady ready -> untilReady(ready);
    };
  }

  private static WaitPolicy untilReady(WaitClause.UntilReady ready) {
    Map<ReadyOptionName, OptionValue> options = new EnumMap<>(ReadyOptionName.class);
    for (WaitClause.ReadyOption option : ready.options()) {
      once(options.put(option.name(), option.value()), option.name().sql());
    }
    OptionValue timeout = options.get(ReadyOptionName.TIMEOUT);
    if (timeout == null) {
      throw SqlErrors.invalid(
          "TIMEOUT=<duration> option is required for ALTER CLUSTER ... WITH"
              + " ( WAIT UNTIL READY ( ... ) )");
    }
    return new WaitPolicy.UntilReady(
        bounded("TIMEOUT", timeout),
        Optional.ofNullable(options.get(ReadyOptionName.ON_TIMEOUT))
            .map(WaitAnalysis::onTimeout)
            .orElse(OnTimeout.ROLLBACK));
  }

  private static Duration bounded(String option, OptionValue value) {
    Duration duration = OptionReader.durationOf(option, value);
    if (duration.compareTo(WaitPolicy.LONGEST) > 0) {
      throw SqlErrors.invalid(
          "invalid " + option + ": must be at most " + WaitPolicy.LONGEST.toDays() + " days");
    }
    return duration;
  }

  private static OnTimeout onTimeout(OptionValue value) {
    String action = OptionReader.textOf("ON TIMEOUT", value);
    return switch (action.toUpperCase(Locale.ROOT)) {
      case "COMMIT" -> OnTimeout.COMMIT;
      case "ROLLBACK" -> OnTimeout.ROLLBACK;
      default ->
          throw SqlErrors.invalid("invalid ON TIMEOUT: " + SqlErrors.quoted(action))
              .withHint("Valid options are COMMIT, ROLLBACK.");
    };
  }

  static AutoScalingStrategy strategy(OptionValue.OnHydration given) {
    Map<StrategyOptionName, OptionValue> options = new EnumMap<>(StrategyOptionName.class);
    for (OptionValue.StrategyOption option : given.options()) {
      once(options.put(option.name(), option.value()), option.name().sql());
    }
    OptionValue size = options.get(StrategyOptionName.HYDRATION_SIZE);
    if (size == null) {
      throw SqlErrors.invalid("HYDRATION SIZE option must be specified");
    }
    return new AutoScalingStrategy(
        OptionReader.textOf("HYDRATION SIZE", size),
        Optional.ofNullable(options.get(StrategyOptionName.LINGER_DURATION))
            .map(linger -> OptionReader.durationOf("LINGER DURATION", linger)));
  }

  private static void once(OptionValue before, String option) {
    if (before != null) {
      throw SqlErrors.error(SqlErrors.SYNTAX_ERROR, option + " specified more than once");
    }
  }
}
