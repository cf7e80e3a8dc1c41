package dev.muster.actors.host;

import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/**
 * Tells supervisors which host has a zone. One per node: it alone listens to the receptionist, so
 * that ten thousand supervisors need not. A question about a zone without a host is answered when
 * one appears.
 *
 * <p>Where a zone has several hosts, a replica's host is the one with the highest hash of replica
 * and host, so that everybody agrees and few move when one comes or goes.
 */
public final class HostDirectory extends AbstractBehavior<HostDirectory.Command> {
  private final Map<String, Set<ActorRef<HostCommand>>> hostsByZone = new HashMap<>();
  private final Map<String, List<Locate>> waitingByZone = new HashMap<>();
  private final ActorRef<Receptionist.Listing> listings;

  /** What the directory understands. */
  public sealed interface Command {}

  /** Which host has the zone? */
  public record Locate(String zone, ReplicaId replica, ActorRef<Located> replyTo)
      implements Command {}

  /**
   * That one.
   *
   * @param name as the journal shall show it
   */
  public record Located(ActorRef<HostCommand> host, String name) {}

  private record Listed(Receptionist.Listing listing) implements Command {}

  /** The directory of one node. */
  public static Behavior<Command> create() {
    return Behaviors.setup(HostDirectory::new);
  }

  private HostDirectory(ActorContext<Command> context) {
    super(context);
    this.listings = context.messageAdapter(Receptionist.Listing.class, Listed::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Locate.class, this::onLocate)
        .onMessage(Listed.class, listed -> onListed(listed.listing()))
        .build();
  }

  private Behavior<Command> onLocate(Locate locate) {
    if (!hostsByZone.containsKey(locate.zone())) {
      hostsByZone.put(locate.zone(), Set.of());
      getContext()
          .getSystem()
          .receptionist()
          .tell(Receptionist.subscribe(Host.key(locate.zone()), listings));
    }
    answer(locate);
    return this;
  }

  private Behavior<Command> onListed(Receptionist.Listing listing) {
    for (String zone : List.copyOf(hostsByZone.keySet())) {
      if (listing.isForKey(Host.key(zone))) {
        hostsByZone.put(zone, listing.getServiceInstances(Host.key(zone)));
        List<Locate> waiting = waitingByZone.remove(zone);
        if (waiting != null) {
          waiting.forEach(this::answer);
        }
      }
    }
    return this;
  }

  private void answer(Locate locate) {
    hostsByZone.get(locate.zone()).stream()
        .max(
            Comparator.<ActorRef<HostCommand>>comparingInt(host -> weight(locate.replica(), host))
                .thenComparing(host -> host.path().toString()))
        .ifPresentOrElse(
            host -> locate.replyTo().tell(new Located(host, name(locate.zone(), host))),
            () ->
                waitingByZone
                    .computeIfAbsent(locate.zone(), ignored -> new ArrayList<>())
                    .add(locate));
  }

  private static int weight(ReplicaId replica, ActorRef<HostCommand> host) {
    int mixed = (replica.value() + host.path()).hashCode() * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  /** The zone, and the address of the host's node: its own is the system's. */
  private String name(String zone, ActorRef<HostCommand> host) {
    Address address =
        host.path().address().hasGlobalScope()
            ? host.path().address()
            : getContext().getSystem().address();
    return zone + "@" + address.hostPort();
  }
}
