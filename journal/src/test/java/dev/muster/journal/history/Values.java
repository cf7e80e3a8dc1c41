package dev.muster.journal.history;

import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random values that events are made of. */
final class Values {
  private static final List<String> SIZES = List.of("25cc", "100cc", "3200cc", "größe \"x\"");
  private static final List<String> ZONES = List.of("az1", "az2", "az3");

  private Values() {}

  static <T> T one(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  static <T> Optional<T> maybe(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  /** Any characters that a database text may hold, quotes, controls and surrogate pairs too. */
  static String text(Random random) {
    return random
        .ints(random.nextInt(12), 1, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .map(point -> random.nextInt(3) == 0 ? point : 32 + point % 95)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static String size(Random random) {
    return one(random, SIZES);
  }

  static String zone(Random random) {
    return one(random, ZONES);
  }

  static List<String> zones(Random random) {
    return ZONES.stream().filter(zone -> random.nextBoolean()).toList();
  }

  static Duration duration(Random random) {
    return Duration.ofSeconds(random.nextInt(1_000_000), random.nextInt(1_000_000_000));
  }

  static Instant instant(Random random) {
    return Instant.ofEpochMilli(random.nextLong(1L << 41));
  }

  static BigDecimal decimal(Random random) {
    return BigDecimal.valueOf(random.nextInt(1 << 30), random.nextInt(9));
  }

  static Reason reason(Random random) {
    return one(random, List.of(Reason.values()));
  }

  static ReplicaFailure failure(Random random) {
    return new ReplicaFailure(
        one(random, List.of(ReplicaFailure.Kind.values())), maybe(random, text(random)));
  }

  static ReplicaSettings settings(Random random) {
    return new ReplicaSettings(
        maybe(random, duration(random)),
        random.nextBoolean(),
        maybe(random, random.nextInt()),
        maybe(random, random.nextBoolean()));
  }

  static Schedule schedule(Random random) {
    return random.nextBoolean()
        ? new Schedule.Manual()
        : new Schedule.OnRefresh(maybe(random, duration(random)));
  }

  static Optional<AutoScalingStrategy> autoScaling(Random random) {
    return maybe(random, new AutoScalingStrategy(size(random), maybe(random, duration(random))));
  }

  static Optional<SizeRange> sizeRange(Random random) {
    return maybe(random, new SizeRange(size(random), size(random)));
  }

  static Managed managed(Random random) {
    return new Managed(
        size(random),
        random.nextInt(5),
        zones(random),
        settings(random),
        schedule(random),
        autoScaling(random),
        sizeRange(random));
  }

  static ClusterConfiguration configuration(Random random) {
    return random.nextInt(4) == 0 ? new Unmanaged() : managed(random);
  }

  static List<ReplicaPlan> plans(Random random) {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(
            index ->
                new ReplicaPlan(
                    text(random) + index,
                    size(random),
                    maybe(random, zone(random)),
                    settings(random),
                    random.nextBoolean(),
                    maybe(random, size(random))))
        .toList();
  }
}
