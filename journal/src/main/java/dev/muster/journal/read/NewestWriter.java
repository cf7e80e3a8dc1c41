package dev.muster.journal.read;

import dev.muster.journal.read.JournalReader.Sequenced;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of two writers that have journaled for one entity, what counts: where a process was suspended in
 * the middle of a write, and went on when its entity was somewhere else already, a sequence number
 * is there twice. The newer writer's event counts, as it does for the entity's recovery. Pure.
 *
 * <p>Who wrote an event is told by its time, which carries the number of the node; times ascend in
 * an entity's true history. A writer that was succeeded by another, and says again what the other
 * has said, or something older, is the old one.
 */
public final class NewestWriter {
  private NewestWriter() {}

  /**
   * The true history.
   *
   * @param read in the order of sequence numbers, of equal ones as they were written
   */
  public static <E> List<Sequenced<E>> of(List<Sequenced<E>> read) {
    if (isPlain(read)) {
      return read;
    }
    List<Sequenced<E>> kept = new ArrayList<>();
    Set<Integer> succeeded = new HashSet<>();
    for (Sequenced<E> event : read) {
      if (kept.isEmpty()) {
        kept.add(event);
        continue;
      }
      Sequenced<E> last = kept.getLast();
      boolean again = event.sequenceNumber() <= last.sequenceNumber();
      boolean later = event.recorded().at().compareTo(last.recorded().at()) > 0;
      if (!later || again && succeeded.contains(writer(event))) {
        continue;
      }
      while (!kept.isEmpty() && kept.getLast().sequenceNumber() >= event.sequenceNumber()) {
        succeeded.add(writer(kept.removeLast()));
      }
      if (!kept.isEmpty() && writer(kept.getLast()) != writer(event)) {
        succeeded.add(writer(kept.getLast()));
      }
      succeeded.remove(writer(event));
      kept.add(event);
    }
    return List.copyOf(kept);
  }

  /** As it is but for an accident: every number is there once. */
  private static boolean isPlain(List<? extends Sequenced<?>> read) {
    for (int i = 1; i < read.size(); i++) {
      if (read.get(i).sequenceNumber() <= read.get(i - 1).sequenceNumber()) {
        return false;
      }
    }
    return true;
  }

  private static int writer(Sequenced<?> event) {
    return event.recorded().at().node();
  }
}
