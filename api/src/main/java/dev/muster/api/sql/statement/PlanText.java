package dev.muster.api.sql.statement;

import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.error.NoticeMessages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A plan as lines of text. */
final class PlanText {
  private PlanText() {}

  static List<String> of(Planned plan) {
    List<String> lines = new ArrayList<>();
    plan.phases().forEach(phase -> phase(phase, lines));
    lines.add("Serving: " + serving(plan.serving()));
    lines.add("Credits per hour: " + credits(plan));
    plan.warnings().forEach(warning -> lines.add("Warning: " + warning(warning)));
    plan.notices().forEach(notice -> lines.add("Notice: " + NoticeMessages.of(notice).message()));
    return lines;
  }

  private static void phase(Phase phase, List<String> lines) {
    lines.add(
        switch (phase.moment()) {
          case AT_ONCE -> "At once:";
          case ONCE_HYDRATED -> "Once all new replicas have hydrated, in one step:";
        });
    phase.dropped().forEach(replica -> lines.add("  drop    " + replica(replica)));
    phase.added().forEach(replica -> lines.add("  add     " + replica(replica)));
    phase
        .renamed()
        .forEach(
            one ->
                lines.add(
                    "  rename  " + one.cluster() + "." + one.oldName() + " to " + one.newName()));
    phase.events().forEach(event -> lines.add("  event   " + event));
  }

  private static String replica(PlannedReplica replica) {
    String waits = replica.waits().map(why -> "  waits: " + why.kind().text()).orElse("");
    return "%s.%s  size %s  zone %s  %s credits per hour%s"
        .formatted(
            replica.cluster(),
            replica.name(),
            replica.size(),
            replica.zone(),
            number(replica.creditsPerHour()),
            waits);
  }

  private static String serving(Serving serving) {
    return switch (serving) {
      case NOTHING_SERVES -> "no replica of those concerned serves now";
      case CONTINUES -> "not interrupted";
      case INTERRUPTED -> "INTERRUPTED until a new replica has hydrated";
      case ENDS -> "ENDS: no replica is left";
    };
  }

  /** As in {@code 4 now, 12 at once, 8 in the end (+4)}. */
  private static String credits(Planned plan) {
    StringBuilder text = new StringBuilder(number(plan.creditsPerHour())).append(" now");
    for (Phase phase : plan.phases()) {
      text.append(", ")
          .append(number(phase.creditsPerHour()))
          .append(phase.moment() == Moment.AT_ONCE ? " at once" : " in the end");
    }
    BigDecimal change = plan.phases().getLast().creditsPerHour().subtract(plan.creditsPerHour());
    String sign = change.signum() > 0 ? "+" : "";
    return text.append(" (").append(sign).append(number(change)).append(")").toString();
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String warning(Warning warning) {
    return switch (warning) {
      case NO_REDUNDANCY -> "one replica has no redundancy: its failure interrupts serving";
      case ONE_ZONE -> "all replicas are in one availability zone: its loss interrupts serving";
      case OFF -> "a cluster without replicas serves nothing";
    };
  }
}
