package dev.muster.actors.gather;

import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import java.util.List;
import java.util.Optional;

/**
 * What is new on a node.
 *
 * @param node the node that answers, with its incarnation
 * @param number of this part, one more than that of the part before
 * @param known the question's: an answer to a question that was asked again since is void
 * @param round the question's
 * @param whole whether this is the first of everything, and what was known before is void
 * @param last whether nothing of it is left to be asked for
 * @param environment the environment, where it lives here and is new
 * @param environmentHere whether it lives here at all
 * @param clusters those that are new
 * @param clustersGone those that are here no longer
 * @param hosts all of this node
 * @param damaged those of the clusters that are here no longer whose state cannot be read
 */
public record CatalogPart(
    String node,
    long number,
    long known,
    long round,
    boolean whole,
    boolean last,
    Optional<Row> environment,
    boolean environmentHere,
    List<Row> clusters,
    List<ClusterId> clustersGone,
    List<ReplicaObservation> observations,
    List<ReplicaId> observationsGone,
    List<HostLoad> hosts,
    List<Damaged> damaged)
    implements GatherMessage {
  public CatalogPart {
    // A node of an earlier version says nothing of them.
    damaged = damaged == null ? List.of() : damaged;
  }

  /**
   * A cluster whose state cannot be read, and will not be by itself.
   *
   * @param reason one line
   */
  public record Damaged(ClusterId id, String reason) {}

  /**
   * A state as the journal would snapshot it.
   *
   * @param id the cluster's, empty for the environment
   */
  public record Row(String id, long sequenceNumber, String manifest, byte[] state) {}
}
