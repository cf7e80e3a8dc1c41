package dev.muster.actors.simulation;

/**
 * What answers nothing serves nobody: it is ended and started again, neither too late (invariant 7)
 * nor for a moment's silence (invariant 8).
 */
final class HangingChecks {
  /** Within this time after somebody could ask, what is silent has ended. */
  private static final long NOTICED_AFTER_MICROS = 12_000_000;

  /** From the first question in vain to the third; who answers one of them may have been busy. */
  private static final long PATIENCE_MICROS = 2_000_000;

  private final World world;

  HangingChecks(World world) {
    this.world = world;
  }

  /** A process is ended because it does not answer. */
  void ending(Process process) {
    long now = world.agenda().nowMicros();
    Violation.unless(
        process.missedSinceMicros().filter(since -> now - since >= PATIENCE_MICROS).isPresent(),
        8,
        () -> process + " is ended, and was asked in vain for less than its time");
  }

  /** From time to time: nothing that is wanted hangs for ever. */
  void hanging(Host host, Process process) {
    if (!process.isSilent() || !host.isAlive() || !world.isUp()) {
      return;
    }
    long asked =
        Math.max(
            process.silentSinceMicros.get(),
            Math.max(host.backSinceMicros(), world.upSinceMicros()));
    Violation.unless(
        world.agenda().nowMicros() - asked <= NOTICED_AFTER_MICROS,
        7,
        () -> process + " does not answer, and runs on");
  }
}
