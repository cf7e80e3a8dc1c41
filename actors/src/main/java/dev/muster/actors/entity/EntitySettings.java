package dev.muster.actors.entity;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How the entities behave; each setting is explained in {@code reference.conf}.
 *
 * @param clusterSnapshotEvery in events
 * @param environmentSnapshotEvery in events
 */
public record EntitySettings(
    int clusterSnapshotEvery,
    int environmentSnapshotEvery,
    int snapshotsKept,
    Duration restartMinBackoff,
    Duration restartMaxBackoff,
    Duration reportDelay,
    Duration readoptionWait,
    Duration driveAgainInterval,
    Duration environmentWakeInterval,
    int wakeParallelism,
    Duration wakeInterval,
    Duration wakeUnseenInterval,
    Duration wakeTimeout,
    Duration chainCheckpointInterval,
    Duration askedAgainAfter) {

  /**
   * @param muster the configuration under {@code muster}
   */
  public static EntitySettings of(Config muster) {
    Config config = muster.getConfig("entities");
    return new EntitySettings(
        config.getInt("cluster-snapshot-every"),
        config.getInt("environment-snapshot-every"),
        config.getInt("snapshots-kept"),
        config.getDuration("restart-min-backoff"),
        config.getDuration("restart-max-backoff"),
        config.getDuration("report-delay"),
        config.getDuration("readoption-wait"),
        config.getDuration("drive-again-interval"),
        config.getDuration("environment-wake-interval"),
        config.getInt("wake-parallelism"),
        config.getDuration("wake-interval"),
        config.getDuration("wake-unseen-interval"),
        config.getDuration("wake-timeout"),
        config.getDuration("chain-checkpoint-interval"),
        muster.getDuration("client.ask-again-after"));
  }
}
