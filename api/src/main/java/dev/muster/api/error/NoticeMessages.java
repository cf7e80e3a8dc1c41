package dev.muster.api.error;

import static dev.muster.api.error.SqlErrors.quoted;

import dev.muster.api.command.Notice;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import java.time.Instant;

/** The one text and SQLSTATE of every notice. */
public final class NoticeMessages {
  private static final String SUCCESS = "00000";
  private static final String WARNING = "01000";

  private NoticeMessages() {}

  public static SqlMessage of(Notice notice) {
    return switch (notice) {
      case Notice.ClusterAlreadyExists exists ->
          SqlMessage.notice(
              SqlErrors.DUPLICATE_OBJECT,
              "cluster " + quoted(exists.name()) + " already exists, skipping");
      case Notice.ClusterDoesNotExist missing ->
          SqlMessage.notice(
              SUCCESS, "cluster " + quoted(missing.name()) + " does not exist, skipping");
      case Notice.ReplicaAlreadyExists exists ->
          SqlMessage.notice(
              SqlErrors.DUPLICATE_OBJECT,
              "cluster replica " + quoted(exists.name()) + " already exists, skipping");
      case Notice.ReplicaDoesNotExist missing ->
          SqlMessage.notice(
              SUCCESS, "cluster replica " + quoted(missing.name()) + " does not exist, skipping");
      case Notice.ServingInterrupted interrupted ->
          SqlMessage.notice(
                  SUCCESS,
                  interrupted.replicas() == 1
                      ? "the cluster's replica was dropped and recreated"
                      : "the cluster's "
                          + interrupted.replicas()
                          + " replicas were dropped and recreated")
              .withDetail("The cluster serves nothing until a new replica has hydrated.");
      case Notice.ReplicasRecreated recreated ->
          SqlMessage.notice(
              SUCCESS,
              recreated.replicas() == 1
                  ? "one of the cluster's replicas was dropped and recreated"
                  : recreated.replicas() + " of the cluster's replicas were dropped and recreated");
      case Notice.ReconfigurationStarted started -> reconfigurationStarted(started);
      case Notice.ReconfigurationDeadlineChanged changed -> deadlineChanged(changed);
      case Notice.ReconfigurationCancelled ignored ->
          SqlMessage.notice(
              SUCCESS,
              "the reconfiguration that was under way is cancelled: the cluster stays as it is");
      case Notice.SizedByLoad sized ->
          SqlMessage.notice(
                  SUCCESS,
                  "the cluster's size goes on following its load, between "
                      + sized.range().minSize()
                      + " and "
                      + sized.range().maxSize())
              .withHint("To give it one size for good, RESET (MIN SIZE, MAX SIZE).");
      case Notice.BurstReplicaStays stays ->
          SqlMessage.notice(
                  WARNING,
                  "replica "
                      + SqlErrors.quoted(stays.name())
                      + " was there for the hydration only, and stays, since no other serves")
              .withHint("Drop it with DROP CLUSTER REPLICA once another serves.");
      case Notice.OptionsGivenUp given ->
          SqlMessage.notice(
                  WARNING,
                  "the cluster has lost "
                      + String.join(", ", given.options())
                      + ", which unmanaged clusters do not have")
              .withHint(
                  "SET (MANAGED = true) does not bring "
                      + (given.options().size() == 1 ? "it" : "them")
                      + " back: give "
                      + (given.options().size() == 1 ? "it" : "them")
                      + " again then.");
      case Notice.WaitNotSupported ignored ->
          SqlMessage.notice(
              WARNING, "a conversion does not heed the WAIT clause: the change was made at once");
      case Notice.SizeDoesNotFit size -> sizeDoesNotFit(size);
      case Notice.ReplicaWaits waits -> waits(waits);
      case Notice.HydrationSizeNotLarger burst ->
          SqlMessage.notice(
                  WARNING,
                  "HYDRATION SIZE "
                      + burst.hydrationSize()
                      + " is not larger than SIZE "
                      + burst.size()
                      + ": a replica of it will hardly hydrate sooner")
              .withHint("Use a larger HYDRATION SIZE.");
      case Notice.ZoneSpreadNotGuaranteed size ->
          SqlMessage.notice(
              SUCCESS,
              "replicas of size "
                  + size.size()
                  + " are spread over the availability zones as well as can be, but evenness is"
                  + " not guaranteed above 3200cc");
    };
  }

  private static SqlMessage sizeDoesNotFit(Notice.SizeDoesNotFit size) {
    String fit =
        switch (size.advice()) {
          case SIZE_TOO_SMALL -> "may be too small: the last hydration took ";
          case SIZE_TOO_LARGE -> "is far larger than needed: the last hydration took ";
        };
    return SqlMessage.notice(
            WARNING,
            "size " + size.size() + " " + fit + size.percent() + " % of the memory that it gives")
        .withHint("See memory_percent in mz_internal.mz_cluster_hydration_history.");
  }

  private static SqlMessage waits(Notice.ReplicaWaits waits) {
    SqlMessage message =
        SqlMessage.notice(
            SUCCESS,
            "replica "
                + quoted(waits.replica())
                + switch (waits.why().kind()) {
                  case NO_CAPACITY -> " waits: no host has room for it";
                  case ZONE_LOST -> " waits: no availability zone that it may be in is in service";
                });
    return waits
        .why()
        .detail()
        .map(detail -> message.withDetail(sentence(detail)))
        .orElse(message)
        .withHint(
            switch (waits.why().kind()) {
              case NO_CAPACITY ->
                  "It starts as soon as there is room: drop what is not needed, ask for a smaller"
                      + " size, or give the hosts more. See mz_internal.mz_hosts.";
              case ZONE_LOST ->
                  "It starts as soon as one is. See mz_internal.mz_availability_zones.";
            });
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static SqlMessage reconfigurationStarted(Notice.ReconfigurationStarted started) {
    ReconfigurationTarget target = started.target();
    return SqlMessage.notice(
            SUCCESS,
            (started.retargeted()
                    ? "reconfiguration has a new target: "
                    : "reconfiguration started: ")
                + replicas(target.replicationFactor())
                + " of size "
                + target.size()
                + (target.replicationFactor() == 1 ? " hydrates" : " hydrate")
                + " beside those that serve")
        .withDetail(deadline(started.deadline(), started.onTimeout()));
  }

  private static SqlMessage deadlineChanged(Notice.ReconfigurationDeadlineChanged changed) {
    return SqlMessage.notice(SUCCESS, "the reconfiguration under way has a new deadline")
        .withDetail(deadline(changed.deadline(), changed.onTimeout()));
  }

  private static String deadline(Instant deadline, OnTimeout onTimeout) {
    return switch (onTimeout) {
      case ROLLBACK ->
          "If they have not hydrated by " + deadline + ", the cluster stays as it was.";
      case COMMIT -> "Hydrated or not, they replace the old ones by " + deadline + ".";
    };
  }

  private static String replicas(int count) {
    return count == 1 ? "1 new replica" : count + " new replicas";
  }

  /** What a statement that waits tells of its reconfiguration, while there is no end. */
  public static SqlMessage of(ReconfigurationProgress.Hydrating progress) {
    return SqlMessage.notice(
        SUCCESS,
        progress.hydrated()
            + " of "
            + replicas(progress.replicas())
            + " hydrated"
            + (progress.percent().isPresent()
                ? " (" + progress.percent().getAsInt() + "% of all objects)"
                : ""));
  }

  /** What it tells of a cut-over. */
  public static SqlMessage of(ReconfigurationProgress.Finished finished) {
    return finished.hydrated()
        ? SqlMessage.notice(SUCCESS, "cut over: the new replicas serve, the old ones are dropped")
        : SqlMessage.notice(
                WARNING, "cut over at the deadline, before all new replicas had hydrated")
            .withSeverity(SqlMessage.Severity.WARNING)
            .withDetail("The cluster may serve nothing until a new replica has hydrated.");
  }

  /** What a statement that cannot wait for its reconfiguration tells instead. */
  public static SqlMessage reconfigurationGoesOn() {
    return SqlMessage.notice(
            SUCCESS, "COMMIT does not wait for the reconfiguration, which goes on by itself")
        .withHint("See mz_internal.mz_cluster_reconfigurations for its progress.");
  }
}
