package dev.muster.journal.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Brings an event or a snapshot from one version to the next.
 *
 * <p>It works on JSON, because the Java type of the old version is gone. Never changed once
 * released: a journal may hold its input for ever.
 */
@FunctionalInterface
public interface Upcaster {
  /**
   * @param old the event itself, without the envelope that says who and when; may be changed in
   *     place
   */
  ObjectNode upcast(ObjectNode old);
}
