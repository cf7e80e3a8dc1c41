package dev.muster.actors.membership;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/**
 * Asks the other members whether this node is one, and answers those who are. What they see of
 * processes that are gone comes with the answers, and whoever is proven gone is removed. One per
 * node.
 */
public final class StandingKeeper extends AbstractBehavior<StandingMessage> {
  private static final String NAME = "muster-standing";
  private static final Duration ASK_EVERY = Duration.ofMillis(250);
  private static final String SPLIT_BRAIN = "pekko.cluster.split-brain-resolver.";

  /** It is time to ask again. */
  private record Ask() implements StandingMessage {}

  /** Whether a member that is unreachable refuses connections. */
  private record Looked(String member, boolean refused) implements StandingMessage {}

  private final Cluster cluster;
  private final ActorRefResolver references;
  private final String role;
  private final Lease lease;
  private final Crashes crashes = new Crashes();
  private final Set<String> refusing = new HashSet<>();

  /**
   * Starts it on one of several nodes.
   *
   * @return this node's standing from now on
   */
  public static Standing start(ActorSystem<?> system) {
    Lease lease =
        new Lease(
            System::nanoTime,
            system.settings().config().getDuration("pekko.cluster.down-removal-margin"));
    system.systemActorOf(create(lease), NAME, Props.empty());
    return lease;
  }

  private static Behavior<StandingMessage> create(Lease lease) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Ask(), ASK_EVERY);
                  return new StandingKeeper(context, lease);
                }));
  }

  private StandingKeeper(ActorContext<StandingMessage> context, Lease lease) {
    super(context);
    this.cluster = Cluster.get(context.getSystem());
    this.references = ActorRefResolver.get(context.getSystem());
    this.role =
        context.getSystem().settings().config().getString(SPLIT_BRAIN + "keep-majority.role");
    this.lease = lease;
  }

  @Override
  public Receive<StandingMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Ask.class, ignored -> ask())
        .onMessage(Looked.class, this::onLooked)
        .onMessage(StandingQuestion.class, this::onQuestion)
        .onMessage(StandingAnswer.class, this::onAnswer)
        .build();
  }

  private Behavior<StandingMessage> ask() {
    String self = name(cluster.selfMember());
    Map<String, Member> others = voters();
    if (others.remove(self) == null) {
      return this;
    }
    long number = lease.ask();
    lease.judge(number, others.keySet());
    StandingQuestion question = new StandingQuestion(self, number, getContext().getSelf());
    others.values().forEach(member -> keeper(member).tell(question));
    lookForCrashes();
    return this;
  }

  private void lookForCrashes() {
    Map<String, Member> unreachable = new HashMap<>();
    cluster.state().getUnreachable().forEach(member -> unreachable.put(name(member), member));
    refusing.retainAll(unreachable.keySet());
    crashes.says(name(cluster.selfMember()), refusing);
    ActorRef<StandingMessage> self = getContext().getSelf();
    unreachable.forEach(
        (name, member) ->
            RefusedConnection.look(
                member.address(), refused -> self.tell(new Looked(name, refused))));
  }

  private Behavior<StandingMessage> onLooked(Looked looked) {
    if (looked.refused()) {
      refusing.add(looked.member());
    } else {
      refusing.remove(looked.member());
    }
    crashes.says(name(cluster.selfMember()), refusing);
    removeCrashed();
    return this;
  }

  private void removeCrashed() {
    Map<String, Member> voters = voters();
    Set<String> proven = crashes.proven(name(cluster.selfMember()), voters.keySet());
    for (Member member : cluster.state().getUnreachable()) {
      if (proven.contains(name(member)) && !member.status().equals(MemberStatus.down())) {
        getContext()
            .getLog()
            .warn("{} is gone: its machine refuses the connections of all others", name(member));
        cluster.manager().tell(new Down(member.address()));
      }
    }
  }

  private ActorRef<StandingMessage> keeper(Member member) {
    return references.resolveActorRef(member.address() + "/system/" + NAME);
  }

  private Behavior<StandingMessage> onQuestion(StandingQuestion question) {
    if (voters().containsKey(question.asker())) {
      question
          .replyTo()
          .tell(new StandingAnswer(name(cluster.selfMember()), question.number(), refusing));
    }
    return this;
  }

  private Behavior<StandingMessage> onAnswer(StandingAnswer answer) {
    Set<String> others = voters().keySet();
    others.remove(name(cluster.selfMember()));
    if (others.contains(answer.member())) {
      lease.answered(answer.member(), answer.number(), others);
      crashes.says(answer.member(), answer.crashed());
      removeCrashed();
    }
    return this;
  }

  /** Those whom the split brain resolver counts, too. */
  private Map<String, Member> voters() {
    Map<String, Member> found = new HashMap<>();
    for (Member member : cluster.state().getMembers()) {
      MemberStatus status = member.status();
      boolean present =
          !status.equals(MemberStatus.joining())
              && !status.equals(MemberStatus.down())
              && !status.equals(MemberStatus.removed());
      if (present && (role.isEmpty() || member.hasRole(role))) {
        found.put(name(member), member);
      }
    }
    return found;
  }

  private static String name(Member member) {
    return member.address() + "#" + member.uniqueAddress().longUid();
  }
}
