package dev.muster.actors.entity;

import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hash chains that this node's clusters have moved since the environment journaled last how far
 * they are. Safe for use by many threads.
 */
public final class ChainHeads {
  private final Map<ClusterId, ChainHead> moved = new ConcurrentHashMap<>();

  /** After a write is durable, and before it is acknowledged. */
  void moved(ClusterId cluster, long sequenceNumber, String hash) {
    moved.put(cluster, new ChainHead(cluster, sequenceNumber, hash));
  }

  /** Some of them; they stay until they are {@link #checkpointed}. */
  List<ChainHead> some(int atMost) {
    return moved.values().stream().limit(atMost).toList();
  }

  /** They are journaled. What has moved on since stays. */
  void checkpointed(List<ChainHead> heads) {
    heads.forEach(head -> moved.remove(head.cluster(), head));
  }
}
