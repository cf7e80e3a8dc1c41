package dev.muster.journal.verify;

import java.util.List;

/**
 * What was verified, and what was found.
 *
 * @param eventsUnchained of all events those from before chains were kept
 * @param checkpoints events in which the environment tells how far chains were
 * @param snapshots compared with what the events fold to
 * @param states of a running Muster, likewise
 * @param environmentHash of the environment's last event; empty where it has no chain
 * @param findings the first bad event first
 * @param notes what is odd, and in order
 */
public record Verdict(
    int entities,
    long events,
    long eventsUnchained,
    int checkpoints,
    int snapshots,
    int states,
    long environmentEvents,
    String environmentHash,
    List<Finding> findings,
    List<String> notes) {
  public Verdict {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  public boolean isGood() {
    return findings.isEmpty();
  }
}
