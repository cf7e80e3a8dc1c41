package dev.muster.api.error;

import static dev.muster.api.error.SqlErrors.quoted;

import dev.muster.api.command.Rejection;
import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.ReconfigurationTarget;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one text and SQLSTATE of every rejection. Texts are those of the design of managed clusters,
 * to the letter; where that is silent, those of the reference system.
 */
public final class RejectionMessages {
  private static final String NOT_IN_PREREQUISITE_STATE = "55000";

  /** Of a schedule other than {@code MANUAL}; the analysis finds it within one statement. */
  public static final String FACTOR_WITH_SCHEDULE =
      "REPLICATION FACTOR cannot be given together with any SCHEDULE other than MANUAL";

  /** Of both options in one statement, or in what a cluster would be; the analysis finds it too. */
  public static final String DEBUGGING_WITHOUT_INTERVAL =
      "INTROSPECTION DEBUGGING cannot be specified without INTROSPECTION INTERVAL";

  /** Of both options that make a cluster's size follow its load; the analysis finds it too. */
  public static final String SIZE_RANGE_WITH_SCHEDULE =
      "MIN SIZE and MAX SIZE cannot be given together with any SCHEDULE other than MANUAL";

  private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

  private final SizeCatalogue sizes;

  /**
   * @param sizes listed in the hint of a size that is none of them
   */
  public RejectionMessages(SizeCatalogue sizes) {
    this.sizes = sizes;
  }

  /**
   * @param cluster what the user called the cluster that refused; of no account where the
   *     environment did
   */
  public SqlMessage of(Rejection rejection, String cluster) {
    return switch (rejection) {
      case Rejection.ClusterUnknown unknown -> clusterUnknown(unknown.name());
      case Rejection.ClusterGone ignored -> clusterUnknown(cluster);
      case Rejection.ClusterExists exists ->
          error(SqlErrors.DUPLICATE_OBJECT, "cluster '" + exists.name() + "' already exists");
      case Rejection.ClusterNameReserved reserved ->
          error("42939", "cluster name " + quoted(reserved.name()) + " is reserved")
              .withDetail("The prefixes \"mz_\" and \"pg_\" are reserved for the system.");
      case Rejection.MustBeOwner must ->
          error(SqlErrors.INSUFFICIENT_PRIVILEGE, "must be owner of CLUSTER " + must.name());
      case Rejection.RoleUnknown unknown ->
          error(SqlErrors.UNDEFINED_OBJECT, "unknown role '" + unknown.name() + "'");
      case Rejection.SizeUnknown unknown -> sizeUnknown(unknown.size());
      case Rejection.ZoneUnknown unknown ->
          invalid("unknown cluster replica availability zone " + unknown.zone());
      case Rejection.ZoneRepeated repeated ->
          invalid("availability zone " + quoted(repeated.zone()) + " specified more than once");
      case Rejection.ZoneNotInService out ->
          error(
                  NOT_IN_PREREQUISITE_STATE,
                  "availability zone " + quoted(out.zone()) + " is offline already")
              .withHint(
                  "ALTER AVAILABILITY ZONE " + quoted(out.zone()) + " SET ONLINE brings it back.");
      case Rejection.ZoneInService in ->
          error(
              NOT_IN_PREREQUISITE_STATE,
              "availability zone " + quoted(in.zone()) + " is online already");
      case Rejection.LastZone last ->
          error(
                  NOT_IN_PREREQUISITE_STATE,
                  "cannot take availability zone "
                      + quoted(last.zone())
                      + " offline: no other is online")
              .withHint("Bring another one back first; see mz_internal.mz_availability_zones.");
      case Rejection.ReplicaUnknown unknown ->
          error(
              SqlErrors.UNDEFINED_OBJECT,
              "CLUSTER " + cluster + " has no CLUSTER REPLICA named " + quoted(unknown.name()));
      case Rejection.ReplicaNameTaken taken ->
          error(
              SqlErrors.DUPLICATE_OBJECT,
              "cannot create multiple replicas named '"
                  + taken.name()
                  + "' on cluster '"
                  + cluster
                  + "'");
      case Rejection.TooManyReplicas many -> tooMany(many);
      case Rejection.CreditRateExceeded much -> tooMuch(much);
      case Rejection.OptionNeedsManaged needs -> needsManaged(needs.option(), cluster);
      case Rejection.ReplicasAreManaged managed -> areManaged(managed.action(), cluster);
      case Rejection.SizesDiffer ignored ->
          cannotConvert(cluster).withDetail("Replicas do not all have the same size.");
      case Rejection.NamesOffPattern off ->
          cannotConvert(cluster)
              .withDetail(
                  "The following replicas do not match required naming pattern `r1`, `r2`, ...\n"
                      + String.join("\n", off.names()));
      case Rejection.NameMissing missing ->
          cannotConvert(cluster)
              .withDetail(
                  "The replicas do not match required naming pattern `r1`, `r2`, .... The first"
                      + " missing replica is "
                      + quoted(missing.firstMissing())
                      + ".");
      case Rejection.SizeNotGiven ignored ->
          cannotConvert(cluster)
              .withDetail("The cluster has no replicas to take the size from.")
              .withHint(
                  "Give the size in the same statement, as in SET (MANAGED, SIZE = '100cc').");
      case Rejection.FactorDoesNotMatch wrong ->
          invalid(
              "REPLICATION FACTOR "
                  + wrong.given()
                  + " does not match number of replicas ("
                  + wrong.replicas()
                  + ")");
      case Rejection.SizeDoesNotMatch wrong ->
          invalid(
              "Cluster replicas of size "
                  + wrong.size()
                  + " do not match expected SIZE "
                  + wrong.expected());
      case Rejection.NoDefault none -> invalid(none.option() + " has no default value");
      case Rejection.FactorWithSchedule ignored -> invalid(FACTOR_WITH_SCHEDULE);
      case Rejection.DebuggingWithoutInterval ignored -> invalid(DEBUGGING_WITHOUT_INTERVAL);
      case Rejection.AutoScalingWithSchedule ignored ->
          invalid(
              "AUTO SCALING STRATEGY cannot be given together with any SCHEDULE other than MANUAL");
      case Rejection.HydrationSizeEqualsSize same ->
          invalid("HYDRATION SIZE must differ from SIZE " + same.size());
      case Rejection.SizeRangeIncomplete ignored -> sizeRangeIncomplete();
      case Rejection.SizeRangeEmpty empty ->
          invalid(
              "MIN SIZE "
                  + empty.range().minSize()
                  + " is larger than MAX SIZE "
                  + empty.range().maxSize());
      case Rejection.SizeRangeWithSchedule ignored -> invalid(SIZE_RANGE_WITH_SCHEDULE);
      case Rejection.SizeOutOfRange out ->
          invalid(
                  "SIZE "
                      + out.size()
                      + " is not between MIN SIZE "
                      + out.range().minSize()
                      + " and MAX SIZE "
                      + out.range().maxSize())
              .withHint(
                  "Change MIN SIZE and MAX SIZE, or RESET both to give the cluster one size for"
                      + " good.");
      case Rejection.ReconfigurationTimedOut timedOut ->
          error(
                  SqlErrors.QUERY_CANCELED,
                  "reconfiguration of cluster " + quoted(cluster) + " timed out")
              .withDetail(
                  "The new replicas had not all hydrated in time. " + stays(timedOut.realized()))
              .withHint("Give it longer with WITH (WAIT UNTIL READY (TIMEOUT = '..')).");
      case Rejection.ReconfigurationCancelled cancelled ->
          error(
                  SqlErrors.QUERY_CANCELED,
                  "reconfiguration of cluster " + quoted(cluster) + " was cancelled")
              .withDetail(
                  "Another statement called it off. "
                      + cancelled
                          .realized()
                          .map(now -> "The cluster has " + described(now) + ".")
                          .orElse("The cluster is unmanaged now."));
      case Rejection.ReconfigurationOvertaken overtaken ->
          error(
                  SqlErrors.QUERY_CANCELED,
                  "reconfiguration of cluster " + quoted(cluster) + " has another target now")
              .withDetail(
                  "Another statement changed it to "
                      + described(overtaken.newTarget())
                      + ", to which it goes on.");
      case Rejection.OutcomeUnknown unknown -> outcomeUnknown(unknown.reason());
      case Rejection.Unavailable unavailable ->
          error(
                  SqlErrors.CANNOT_CONNECT_NOW,
                  "the change cannot be made now: " + unavailable.reason())
              .withHint("Nothing was changed. Try again.");
      case Rejection.JournalFailed failed -> journalFailed(failed);
    };
  }

  private static SqlMessage journalFailed(Rejection.JournalFailed failed) {
    return switch (failed.kind()) {
      case UNCONFIRMED -> outcomeUnknown(failed.reason());
      case UNREACHABLE ->
          error(SqlErrors.CANNOT_CONNECT_NOW, "the change cannot be made now: " + failed.reason())
              .withHint("Nothing was changed. Try again.");
      case DISK_FULL -> journalRefused(SqlErrors.DISK_FULL, failed.reason());
      case REFUSED -> journalRefused(SqlErrors.IO_ERROR, failed.reason());
      case DAMAGED ->
          error(SqlErrors.DATA_CORRUPTED, "the journal is damaged: " + failed.reason())
              .withHint("Nothing was changed. \"muster audit verify\" says what is wrong with it.");
    };
  }

  private static SqlMessage journalRefused(String sqlState, String reason) {
    return error(sqlState, "the journal refused the change: " + reason)
        .withHint("Nothing was changed. See to the journal's storage and try again.");
  }

  private static SqlMessage error(String sqlState, String message) {
    return SqlMessage.error(sqlState, message);
  }

  private static SqlMessage invalid(String message) {
    return error(SqlErrors.INVALID_PARAMETER_VALUE, message);
  }

  /** Raised by the front door too, when it looks a name up. */
  public static SqlMessage clusterUnknown(String name) {
    return error(SqlErrors.UNDEFINED_OBJECT, "unknown cluster '" + name + "'");
  }

  private SqlMessage sizeUnknown(String size) {
    SqlMessage message = invalid("unknown cluster replica size " + size);
    return sizes.all().isEmpty()
        ? message
        : message.withHint(
            sizes.all().stream()
                .map(ReplicaSize::name)
                .collect(Collectors.joining(", ", "Valid sizes are: ", ".")));
  }

  private static SqlMessage tooMany(Rejection.TooManyReplicas many) {
    return error(
            SqlErrors.PROGRAM_LIMIT_EXCEEDED,
            String.format(
                Locale.ROOT,
                "creating cluster replica would violate max_replicas_per_cluster limit"
                    + " (desired: %d, limit: %d, current: %d)",
                many.desired(),
                many.limit(),
                many.current()))
        .withHint(
            "Drop an existing cluster replica or contact support to request a limit increase.");
  }

  private static SqlMessage tooMuch(Rejection.CreditRateExceeded much) {
    String desired = credits(much.desired());
    String current = credits(much.current());
    return error(
            SqlErrors.PROGRAM_LIMIT_EXCEEDED,
            "creating cluster replica would violate max_credit_consumption_rate limit (desired: "
                + desired
                + ", limit: "
                + credits(much.limit())
                + ", current: "
                + current
                + ")")
        .withDetail(
            "The environment consumes "
                + current
                + " credits an hour now, and would consume "
                + desired
                + ".")
        .withHint(
            "Drop an existing cluster replica or contact support to request a limit increase.");
  }

  private static String credits(BigDecimal rate) {
    return rate.signum() == 0 ? "0" : rate.stripTrailingZeros().toPlainString();
  }

  private static SqlMessage needsManaged(String option, String cluster) {
    return error(
            SqlErrors.FEATURE_NOT_SUPPORTED,
            "cannot set " + option + " option for unmanaged cluster " + quoted(cluster))
        .withHint(
            "Manually manage replicas using CREATE CLUSTER REPLICA and DROP CLUSTER REPLICA, or"
                + " convert the cluster to a managed cluster by running ALTER CLUSTER "
                + identifier(cluster)
                + " SET (MANAGED).");
  }

  private static SqlMessage areManaged(Rejection.ReplicaAction action, String cluster) {
    return error(
            SqlErrors.FEATURE_NOT_SUPPORTED,
            "cannot "
                + action.name().toLowerCase(Locale.ROOT)
                + " replica of managed cluster "
                + quoted(cluster))
        .withHint(
            "Use ALTER CLUSTER to change the cluster's size and replication factor, or convert the"
                + " cluster to an unmanaged cluster by running ALTER CLUSTER "
                + identifier(cluster)
                + " SET (MANAGED = false).");
  }

  /** A name as a statement needs it: what is not a plain identifier is quoted. */
  private static String identifier(String name) {
    return PLAIN_IDENTIFIER.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static SqlMessage cannotConvert(String cluster) {
    return error(
        SqlErrors.FEATURE_NOT_SUPPORTED,
        "cannot convert cluster " + quoted(cluster) + " to a managed cluster");
  }

  /** Found by the analysis of a creation too. */
  public static SqlMessage sizeRangeIncomplete() {
    return invalid("MIN SIZE and MAX SIZE must be given together, and reset together");
  }

  private static SqlMessage outcomeUnknown(String reason) {
    return error("08007", "it is not known whether the change was made: " + reason)
        .withHint("Look at the catalog before trying again.");
  }

  private static String stays(ReconfigurationTarget realized) {
    return "The cluster stays as it was, with " + described(realized) + ".";
  }

  private static String described(ReconfigurationTarget target) {
    return "SIZE '" + target.size() + "', REPLICATION FACTOR " + target.replicationFactor();
  }
}
