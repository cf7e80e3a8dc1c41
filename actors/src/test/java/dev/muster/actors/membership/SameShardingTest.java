package dev.muster.actors.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.actors.MusterActors;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.Valid$;
import org.junit.jupiter.api.Test;

/** Who would run an entity elsewhere is not let in. */
final class SameShardingTest {
  private static final String ROLE = "pekko.cluster.sharding.role";
  private static final String SHARDS = "pekko.cluster.sharding.number-of-shards";

  /** As the nodes of this version have it. */
  private final Config now =
      MusterActors.configuration(ConfigFactory.parseString("muster.node.form-cluster-alone = off"));

  private ConfigValidation check(Config joining) {
    return new SameSharding().check(joining, now);
  }

  @Test
  void nodesOfSeveralAskIt() {
    assertEquals(
        SameSharding.class.getName(),
        now.getString("pekko.cluster.configuration-compatibility-check.checkers.muster"));
    assertEquals(NodeRole.ENTITIES.label(), now.getString(ROLE));
  }

  @Test
  void whoSaysTheSameIsLetIn() {
    assertEquals(
        Valid$.MODULE$, check(now.withOnlyPath(ROLE).withFallback(now.withOnlyPath(SHARDS))));
  }

  /** Then every member had entities. */
  @Test
  void aNodeFromBeforeThereWereRolesIsNotLetIn() {
    assertInstanceOf(Invalid.class, check(now.withValue(ROLE, ConfigValueFactory.fromAnyRef(""))));
    assertInstanceOf(Invalid.class, check(now.withoutPath(ROLE)));
  }

  @Test
  void whoCountsOtherShardsIsNotLetIn() {
    assertInstanceOf(
        Invalid.class,
        check(now.withValue(SHARDS, ConfigValueFactory.fromAnyRef(now.getInt(SHARDS) + 1))));
  }
}
