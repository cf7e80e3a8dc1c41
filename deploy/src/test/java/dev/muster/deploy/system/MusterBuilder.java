package dev.muster.deploy.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says how a Muster shall be started; each start is on free ports. */
final class MusterBuilder {
  private final Harness harness;
  private String runtime = "simulated";
  private List<String> zones = List.of("az1", "az2", "az3");
  private Path dataDirectory;
  private boolean byLauncher;
  private final List<String> furtherOptions = new ArrayList<>();

  MusterBuilder(Harness harness) {
    this.harness = harness;
  }

  /** {@code process} or {@code simulated}, the default here. */
  MusterBuilder withRuntime(String name) {
    runtime = name;
    return this;
  }

  MusterBuilder withZones(String... names) {
    zones = List.of(names);
    return this;
  }

  /** A new folder, unless told. */
  MusterBuilder withDataDirectory(Path folder) {
    dataDirectory = folder;
    return this;
  }

  MusterBuilder with(String... options) {
    furtherOptions.addAll(List.of(options));
    return this;
  }

  /** By {@code deploy/bin/muster}, as a user does, instead of the same JVM directly. */
  MusterBuilder byLauncher() {
    byLauncher = true;
    return this;
  }

  /** Starts it, and waits until it says that it is ready. */
  RunningMuster start() {
    RunningMuster muster = prepare();
    muster.start();
    return muster;
  }

  /** Not started yet. */
  RunningMuster prepare() {
    Path folder = harness.folder();
    Path data = dataDirectory == null ? folder.resolve("data") : dataDirectory;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "start",
                "--data-dir",
                data.toString(),
                "--sql-port",
                "0",
                "--internal-sql-port",
                "0",
                "--http-port",
                "0",
                "--zones",
                String.join(",", zones),
                "--runtime",
                runtime));
    arguments.addAll(furtherOptions);
    List<String> command = new ArrayList<>();
    if (byLauncher) {
      command.add(Distribution.LAUNCHER.toString());
      command.addAll(arguments);
    } else {
      command.addAll(Distribution.command(arguments));
    }
    RunningMuster muster = new RunningMuster(command, folder, data);
    harness.register(muster);
    return muster;
  }
}
