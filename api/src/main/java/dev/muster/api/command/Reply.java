package dev.muster.api.command;

import java.util.List;

/** The answer to a command, given only when its events are durable. */
public sealed interface Reply {
  /** Done, or nothing was to be done; the notices say what the user should know besides. */
  record Done(List<Notice> notices) implements Reply {
    public Done {
      notices = List.copyOf(notices);
    }

    public Done() {
      this(List.of());
    }
  }

  /**
   * Done as far as it can be at once: a reconfiguration is durable and under way, and goes on by
   * itself, whether anybody waits for it or not.
   */
  record Underway(List<Notice> notices, ReconfigurationHandle reconfiguration) implements Reply {
    public Underway {
      notices = List.copyOf(notices);
    }
  }

  /** Refused: nothing has changed. */
  record Refused(Rejection rejection) implements Reply {}
}
