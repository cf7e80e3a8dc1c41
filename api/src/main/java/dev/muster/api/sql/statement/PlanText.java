package dev.muster.api.sql.statement;

import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Outlook;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.error.NoticeMessages;
import dev.muster.api.sql.analysis.Durations;
import dev.muster.api.sql.tree.SqlText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan as lines of text; whatever names are in it, a line stays one line. */
final class PlanText {
  static final String NOTHING = "Nothing is to be done.";
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9_][a-z0-9_$-]*");

  /** What ends a line besides control characters. */
  private static final String BREAKS = "\u2028\u2029";

  private PlanText() {}

  /**
   * @param subject the cluster that the statement names; what is about it alone does not name it
   *     again
   */
  static List<String> of(Planned plan, String subject) {
    boolean several =
        !plan.outlooks().stream().map(Outlook::cluster).toList().equals(List.of(subject));
    List<String> lines = new ArrayList<>();
    if (plan.phases().isEmpty()) {
      lines.add(NOTHING);
    } else {
      plan.phases().forEach(phase -> phase(moment(phase.moment()), phase, lines));
      plan.deadlines().forEach(one -> phase(moment(one, several), one.phase(), lines));
      outlook(plan, several, lines);
      if (!plan.outlooks().isEmpty()) {
        lines.add("Credits per hour: " + credits(plan, several));
      }
    }
    warnings(plan, several, lines);
    plan.notices().forEach(notice -> lines.add("Notice: " + NoticeMessages.of(notice).message()));
    return lines.stream().map(PlanText::oneLine).toList();
  }

  /** The worst first; of several clusters each line says whom it is about. */
  private static void outlook(Planned plan, boolean several, List<String> lines) {
    Map<Serving, List<String>> clusters = new EnumMap<>(Serving.class);
    for (Outlook one : plan.outlooks()) {
      clusters.computeIfAbsent(one.serving(), ignored -> new ArrayList<>()).add(one.cluster());
    }
    List<String> texts = new ArrayList<>();
    clusters.forEach(
        (serving, names) ->
            texts.add("Serving" + about(" of ", names, several) + serving(serving)));
    lines.addAll(texts.reversed());
  }

  private static void warnings(Planned plan, boolean several, List<String> lines) {
    for (Warning warning : plan.warnings()) {
      List<String> names =
          plan.outlooks().stream()
              .filter(one -> one.warnings().contains(warning))
              .map(Outlook::cluster)
              .toList();
      lines.add("Warning" + about(" for ", names, several) + warning(warning));
    }
  }

  /** As in {@code " of a, b: "}. */
  private static String about(String preposition, List<String> clusters, boolean several) {
    return several
        ? preposition
            + clusters.stream().map(PlanText::name).collect(Collectors.joining(", "))
            + ": "
        : ": ";
  }

  private static String moment(Moment moment) {
    return switch (moment) {
      case AT_ONCE -> "At once:";
      case RIGHT_AFTER -> "Right after that:";
      case ONCE_PLACED -> "Once what waits has a place:";
      case ONCE_HYDRATED -> "Once all new replicas have hydrated:";
      case ONCE_PLACED_AND_HYDRATED -> "Once all new replicas have a place and have hydrated:";
      case ONCE_LINGERED -> "Once the linger duration is over:";
      case AT_DEADLINE -> "At the deadline:";
    };
  }

  private static String moment(Deadline deadline, boolean several) {
    return "If %s have not within %s (ON TIMEOUT %s):"
        .formatted(
            several ? "those of " + name(deadline.cluster()) : "they",
            Durations.format(deadline.in()),
            deadline.onTimeout());
  }

  private static void phase(String moment, Phase phase, List<String> lines) {
    lines.add(moment);
    phase.dropped().forEach(replica -> lines.add("  drop    " + replica(replica)));
    phase.added().forEach(replica -> lines.add("  add     " + replica(replica)));
    phase.placed().forEach(replica -> lines.add("  place   " + replica(replica)));
    phase
        .renamed()
        .forEach(
            one ->
                lines.add(
                    "  rename  "
                        + name(one.cluster(), one.oldName())
                        + " to "
                        + name(one.newName())));
    phase.events().forEach(event -> lines.add("  event   " + event));
  }

  private static String replica(PlannedReplica replica) {
    String waits = replica.waits().map(why -> "  waits: " + why.kind().text()).orElse("");
    return "%s  size %s  zone %s  %s credits per hour%s"
        .formatted(
            name(replica.cluster(), replica.name()),
            name(replica.size()),
            zones(replica),
            number(replica.creditsPerHour()),
            waits);
  }

  /** As in {@code az2 or az3}. */
  private static String zones(PlannedReplica replica) {
    return Stream.concat(Stream.of(replica.zone()), replica.otherZones().stream())
        .map(PlanText::name)
        .collect(Collectors.joining(" or "));
  }

  private static String name(String cluster, String replica) {
    return name(cluster) + "." + name(replica);
  }

  /** Quoted where it could be misread. */
  private static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : SqlText.name(name);
  }

  /** Whoever reads the plan by lines is not led astray by a name with a line break in it. */
  private static String oneLine(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (char character : line.toCharArray()) {
      boolean breaks = Character.isISOControl(character) || BREAKS.indexOf(character) >= 0;
      text.append(breaks ? "\\%04x".formatted((int) character) : String.valueOf(character));
    }
    return text.toString();
  }

  private static String serving(Serving serving) {
    return switch (serving) {
      case NOTHING_SERVES -> "no replica of those concerned serves now";
      case CONTINUES -> "not interrupted";
      case AT_RISK -> "INTERRUPTED if no new replica has hydrated by the deadline";
      case INTERRUPTED -> "INTERRUPTED until a new replica has hydrated";
      case ENDS -> "ENDS: no replica is left";
    };
  }

  /** As in {@code 4 now, 12 at once, 8 in the end (+4); 4 after the deadline (0)}. */
  private static String credits(Planned plan, boolean several) {
    StringBuilder text = new StringBuilder(number(plan.creditsPerHour())).append(" now");
    Phase last = plan.phases().getLast();
    for (Phase phase : plan.phases()) {
      text.append(", ")
          .append(number(phase.creditsPerHour()))
          .append(
              phase.moment() == Moment.AT_ONCE
                  ? " at once"
                  : phase == last ? " in the end" : " then");
    }
    text.append(change(plan, last));
    for (Deadline deadline : plan.deadlines()) {
      text.append("; ")
          .append(number(deadline.phase().creditsPerHour()))
          .append(" after the deadline")
          .append(several ? " of " + name(deadline.cluster()) : "")
          .append(change(plan, deadline.phase()));
    }
    return text.toString();
  }

  private static String change(Planned plan, Phase phase) {
    BigDecimal change = phase.creditsPerHour().subtract(plan.creditsPerHour());
    return " (" + (change.signum() > 0 ? "+" : "") + number(change) + ")";
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String warning(Warning warning) {
    return switch (warning) {
      case NO_REDUNDANCY -> "one replica has no redundancy: its failure interrupts serving";
      case ONE_ZONE -> "all replicas are in one availability zone: its loss interrupts serving";
      case OFF -> "a cluster without replicas serves nothing";
      case REPLICA_WAITS ->
          "a replica has no place: it neither starts nor hydrates before it has one";
      case FORCED_AT_DEADLINE ->
          "at the deadline the new replicas take over, hydrated or not: the cluster serves nothing"
              + " until one has";
      case ROOM_CONTESTED ->
          "several clusters want the same room: who comes first has it, and what finds none waits"
              + " or stays where it is";
    };
  }
}
