package dev.muster.actors.membership;

import com.typesafe.config.Config;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets only those into a cluster who say of every entity what the others say: which members may
 * have it, and in which shard it is. Two opinions of that would run an entity twice. Who disagrees
 * does not start, whichever side notices. Named in {@code muster-cluster.conf}.
 */
public final class SameSharding extends JoinConfigCompatChecker {
  private static final Seq<String> KEYS =
      CollectionConverters.asScala(
              java.util.List.of(
                  "pekko.cluster.sharding.role", "pekko.cluster.sharding.number-of-shards"))
          .toList();

  @Override
  public Seq<String> requiredKeys() {
    return KEYS;
  }

  @Override
  public ConfigValidation check(Config toCheck, Config actualConfig) {
    return JoinConfigCompatChecker.fullMatch(KEYS, toCheck, actualConfig);
  }
}
