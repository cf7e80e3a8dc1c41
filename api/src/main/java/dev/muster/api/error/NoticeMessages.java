package dev.muster.api.error;

import static dev.muster.api.error.SqlErrors.quoted;

import dev.muster.api.command.Notice;

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
      case Notice.WaitNotSupported ignored ->
          SqlMessage.notice(
              WARNING, "the WAIT clause is not supported yet: the change was made at once");
      case Notice.ZoneSpreadNotGuaranteed size ->
          SqlMessage.notice(
              SUCCESS,
              "replicas of size "
                  + size.size()
                  + " are spread over the availability zones as well as can be, but evenness is"
                  + " not guaranteed above 3200cc");
    };
  }
}
