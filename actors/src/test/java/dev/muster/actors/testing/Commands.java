package dev.muster.actors.testing;

import dev.muster.api.command.ClusterCommand.Alter;
import dev.muster.api.command.EnvironmentCommand.CreateCluster;
import dev.muster.api.command.Patch;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Commands as tests like to write them. */
public final class Commands {
  private Commands() {}

  public static Managed managed(String size, int replicationFactor, String... zones) {
    return new Managed(
        size,
        replicationFactor,
        List.of(zones),
        ReplicaSettings.DEFAULT,
        new Schedule.Manual(),
        Optional.empty(),
        Optional.empty());
  }

  public static ReplicaPlan plan(String name, String size) {
    return new ReplicaPlan(
        name, size, Optional.empty(), ReplicaSettings.DEFAULT, false, Optional.empty());
  }

  public static ReplicaPlan planIn(String name, String size, String zone) {
    return new ReplicaPlan(
        name, size, Optional.of(zone), ReplicaSettings.DEFAULT, false, Optional.empty());
  }

  public static CreateCluster create(String name, ClusterConfiguration configuration) {
    return new CreateCluster(name, "materialize", configuration, List.of(), false);
  }

  public static CreateCluster createUnmanaged(String name, ReplicaPlan... plans) {
    return new CreateCluster(name, "materialize", new Unmanaged(), List.of(plans), false);
  }

  public static AlterBuilder alter() {
    return new AlterBuilder();
  }

  /** {@code ALTER CLUSTER ... SET / RESET}, option by option. */
  public static final class AlterBuilder {
    private Optional<Boolean> managed = Optional.empty();
    private Patch<String> size = Patch.keep();
    private Patch<Integer> factor = Patch.keep();
    private Patch<List<String>> zones = Patch.keep();
    private Patch<Optional<Duration>> interval = Patch.keep();
    private Patch<Boolean> debugging = Patch.keep();
    private Patch<Integer> effort = Patch.keep();
    private Patch<Boolean> disk = Patch.keep();
    private Patch<Schedule> schedule = Patch.keep();
    private Patch<AutoScalingStrategy> scaling = Patch.keep();
    private Patch<String> minSize = Patch.keep();
    private Patch<String> maxSize = Patch.keep();
    private WaitPolicy waitPolicy = new WaitPolicy.Unspecified();

    public AlterBuilder managed(boolean value) {
      managed = Optional.of(value);
      return this;
    }

    public AlterBuilder size(String value) {
      size = Patch.set(value);
      return this;
    }

    public AlterBuilder resetSize() {
      size = Patch.clear();
      return this;
    }

    public AlterBuilder factor(int value) {
      factor = Patch.set(value);
      return this;
    }

    public AlterBuilder resetFactor() {
      factor = Patch.clear();
      return this;
    }

    public AlterBuilder zones(String... values) {
      zones = Patch.set(List.of(values));
      return this;
    }

    public AlterBuilder resetZones() {
      zones = Patch.clear();
      return this;
    }

    public AlterBuilder interval(Optional<Duration> value) {
      interval = Patch.set(value);
      return this;
    }

    public AlterBuilder resetInterval() {
      interval = Patch.clear();
      return this;
    }

    public AlterBuilder debugging(boolean value) {
      debugging = Patch.set(value);
      return this;
    }

    public AlterBuilder effort(int value) {
      effort = Patch.set(value);
      return this;
    }

    public AlterBuilder disk(boolean value) {
      disk = Patch.set(value);
      return this;
    }

    public AlterBuilder resetDisk() {
      disk = Patch.clear();
      return this;
    }

    public AlterBuilder schedule(Schedule value) {
      schedule = Patch.set(value);
      return this;
    }

    public AlterBuilder scaling(String hydrationSize) {
      scaling = Patch.set(new AutoScalingStrategy(hydrationSize, Optional.empty()));
      return this;
    }

    public AlterBuilder scaling(AutoScalingStrategy strategy) {
      scaling = Patch.set(strategy);
      return this;
    }

    public AlterBuilder resetScaling() {
      scaling = Patch.clear();
      return this;
    }

    public AlterBuilder minSize(String value) {
      minSize = Patch.set(value);
      return this;
    }

    public AlterBuilder maxSize(String value) {
      maxSize = Patch.set(value);
      return this;
    }

    public AlterBuilder resetMinSize() {
      minSize = Patch.clear();
      return this;
    }

    public AlterBuilder resetMaxSize() {
      maxSize = Patch.clear();
      return this;
    }

    public AlterBuilder waiting(WaitPolicy value) {
      waitPolicy = value;
      return this;
    }

    /** {@code WITH (WAIT FOR '0s')}: replicas are replaced without waiting for their successors. */
    public AlterBuilder now() {
      return waiting(new WaitPolicy.For(Duration.ZERO));
    }

    public Alter build() {
      return new Alter(
          managed,
          size,
          factor,
          zones,
          interval,
          debugging,
          effort,
          disk,
          schedule,
          scaling,
          minSize,
          maxSize,
          waitPolicy);
    }
  }
}
