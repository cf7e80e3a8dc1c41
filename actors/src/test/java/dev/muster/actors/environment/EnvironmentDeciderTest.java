package dev.muster.actors.environment;

import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.createUnmanaged;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.EnvironmentCommand.ChangeOwner;
import dev.muster.api.command.EnvironmentCommand.CommentOnRole;
import dev.muster.api.command.EnvironmentCommand.CreateCluster;
import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.command.EnvironmentCommand.DropReplicas;
import dev.muster.api.command.EnvironmentCommand.RenameCluster;
import dev.muster.api.command.EnvironmentCommand.Swap;
import dev.muster.api.command.EnvironmentCommand.SwapClusters;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterNamesChanged;
import dev.muster.journal.event.EnvironmentEvent.ClusterOwnerChanged;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.EnvironmentEvent.RoleCommentChanged;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EnvironmentDeciderTest {
  private static final ClusterRules RULES =
      ClusterRules.of(Sizes.CATALOGUE, Zones.of(List.of("az1", "az2", "az3")), 5);
  private static final Bootstrap BOOTSTRAP = new Bootstrap("test-0", "25cc", 1, "25cc", 0);
  private static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());
  private static final ClusterId QUICKSTART = ClusterId.user(1);
  private static final ClusterId C = ClusterId.user(2);
  private static final ClusterId D = ClusterId.user(3);
  private static final ClusterId E = ClusterId.user(4);

  private EnvironmentState state = evolve(EnvironmentState.EMPTY, BOOTSTRAP.events());

  private static EnvironmentState evolve(EnvironmentState state, List<EnvironmentEvent> events) {
    EnvironmentState evolved = state;
    for (EnvironmentEvent event : events) {
      evolved = evolved.evolve(HybridTime.ofEpochMilli(1, 0), event);
    }
    return evolved;
  }

  private Decision<EnvironmentEvent> decide(EnvironmentCommand command) {
    return EnvironmentDecider.decide(
        state, command, new EnvironmentContext(HybridTime.ofEpochMilli(2, 0), ALICE, RULES));
  }

  private void given(EnvironmentCommand... commands) {
    for (EnvironmentCommand command : commands) {
      switch (decide(command)) {
        case Decision.Accepted<EnvironmentEvent> accepted ->
            state = evolve(state, accepted.events());
        case Decision.Rejected<EnvironmentEvent> rejected -> fail(rejected.toString());
      }
    }
  }

  private void givenClusters(String... names) {
    for (String name : names) {
      given(create(name, managed("small", 1)));
    }
  }

  private void then(EnvironmentCommand command, EnvironmentEvent... events) {
    assertEquals(Decision.accepted(List.of(events)), decide(command));
  }

  private void thenNoticed(EnvironmentCommand command, Notice notice) {
    assertEquals(Decision.noticed(notice), decide(command));
  }

  private void thenRejected(EnvironmentCommand command, Rejection rejection) {
    assertEquals(Decision.rejected(rejection), decide(command));
  }

  @Test
  void aFreshEnvironmentCannotBeMadeOfWhatTheRulesForbid() {
    BOOTSTRAP.validate(RULES);
    Bootstrap wrong = new Bootstrap("test-0", "huge", 1, "25cc", 0);
    assertThrows(IllegalArgumentException.class, () -> wrong.validate(RULES));
  }

  @Test
  void aCreationTakesTheNameAndTheNextId() {
    then(
        create("c", managed("small", 2)),
        new ClusterCreationStarted(C, "c", "materialize", managed("small", 2), List.of()));
  }

  @Test
  void aNameIsTakenFromTheStartOfItsCreation() {
    givenClusters("c");
    thenRejected(create("c", managed("small", 1)), new Rejection.ClusterExists("c"));
    thenNoticed(
        new CreateCluster("c", "materialize", managed("small", 1), List.of(), true),
        new Notice.ClusterAlreadyExists("c"));
  }

  @Test
  void aCreationIsValidatedByTheClustersOwnRules() {
    thenRejected(create("c", managed("huge", 1)), new Rejection.SizeUnknown("huge"));
    thenRejected(create("c", managed("small", 6)), new Rejection.TooManyReplicas(6, 5, 0));
    thenRejected(
        createUnmanaged("c", plan("x", "small"), plan("x", "small")),
        new Rejection.ReplicaNameTaken("x"));
    Decision<EnvironmentEvent> noticed = decide(create("c", managed("6400cc", 2)));
    assertEquals(
        List.of(new Notice.ZoneSpreadNotGuaranteed("6400cc")),
        ((Decision.Accepted<EnvironmentEvent>) noticed).notices());
  }

  @Test
  void namesOfTheSystemAreReserved() {
    for (String name : List.of("mz_mine", "pg_mine")) {
      thenRejected(create(name, managed("small", 1)), new Rejection.ClusterNameReserved(name));
      thenRejected(
          new RenameCluster("quickstart", name, false), new Rejection.ClusterNameReserved(name));
    }
  }

  @Test
  void anOwnerMustBeARole() {
    givenClusters("c");
    thenRejected(
        new CreateCluster("d", "nobody", managed("small", 1), List.of(), false),
        new Rejection.RoleUnknown("nobody"));
    thenRejected(new ChangeOwner("c", "nobody", false), new Rejection.RoleUnknown("nobody"));
    then(
        new ChangeOwner("c", "mz_support", false),
        new ClusterOwnerChanged(C, "materialize", "mz_support"));
    then(new ChangeOwner("c", "materialize", false));
    thenRejected(new ChangeOwner("x", "materialize", false), new Rejection.ClusterUnknown("x"));
    thenNoticed(new ChangeOwner("x", "materialize", true), new Notice.ClusterDoesNotExist("x"));
  }

  @Test
  void clustersAreDroppedAllOrNoneByOneEvent() {
    givenClusters("c", "d");
    then(new DropClusters(List.of("c", "d", "c"), false), new ClusterDropStarted(List.of(C, D)));
    thenRejected(new DropClusters(List.of("c", "x"), false), new Rejection.ClusterUnknown("x"));
    assertEquals(
        new Decision.Accepted<EnvironmentEvent>(
            List.of(new ClusterDropStarted(List.of(C))),
            List.of(new Notice.ClusterDoesNotExist("x"))),
        decide(new DropClusters(List.of("c", "x"), true)));
  }

  @Test
  void aDroppedNameIsFreeAtOnceAndGetsAnotherId() {
    givenClusters("c");
    given(new DropClusters(List.of("c"), false));
    then(
        create("c", managed("small", 1)),
        new ClusterCreationStarted(D, "c", "materialize", managed("small", 1), List.of()));
  }

  @Test
  void systemClustersAreNobodysToChange() {
    Rejection mustBeOwner = new Rejection.MustBeOwner("mz_system");
    givenClusters("c");
    thenRejected(new DropClusters(List.of("c", "mz_system"), true), mustBeOwner);
    thenRejected(new RenameCluster("mz_system", "x", false), mustBeOwner);
    thenRejected(new ChangeOwner("mz_system", "materialize", false), mustBeOwner);
    thenRejected(new SwapClusters(List.of(new Swap("c", "mz_system"))), mustBeOwner);
    thenRejected(new DropReplicas(List.of(ReplicaId.of(ClusterId.system(1), 1))), mustBeOwner);
  }

  @Test
  void aRenameIsOneEvent() {
    givenClusters("c", "d");
    then(
        new RenameCluster("c", "e", false),
        new ClusterNamesChanged(List.of(new NameChange(C, "c", "e"))));
    thenRejected(new RenameCluster("c", "d", false), new Rejection.ClusterExists("d"));
    thenRejected(new RenameCluster("c", "c", false), new Rejection.ClusterExists("c"));
    thenRejected(new RenameCluster("x", "e", false), new Rejection.ClusterUnknown("x"));
    thenNoticed(new RenameCluster("x", "e", true), new Notice.ClusterDoesNotExist("x"));
  }

  @Test
  void severalSwapsAreOneEventOfWhatTheyAmountTo() {
    givenClusters("c", "d", "e");
    then(
        new SwapClusters(List.of(new Swap("c", "d"))),
        new ClusterNamesChanged(List.of(new NameChange(D, "d", "c"), new NameChange(C, "c", "d"))));
    then(
        new SwapClusters(List.of(new Swap("c", "d"), new Swap("d", "e"))),
        new ClusterNamesChanged(
            List.of(
                new NameChange(D, "d", "c"),
                new NameChange(E, "e", "d"),
                new NameChange(C, "c", "e"))));
    then(new SwapClusters(List.of(new Swap("c", "d"), new Swap("c", "d"))));
    then(new SwapClusters(List.of(new Swap("c", "c"))));
    thenRejected(
        new SwapClusters(List.of(new Swap("c", "d"), new Swap("d", "x"))),
        new Rejection.ClusterUnknown("x"));
  }

  @Test
  void replicasOfSeveralClustersAreDroppedByOneEvent() {
    givenClusters("c", "d");
    List<ReplicaId> ids = List.of(ReplicaId.of(C, 1), ReplicaId.of(D, 1));
    then(new DropReplicas(ids), new ReplicaDropStarted(ids));
    given(new DropReplicas(ids));
    then(new DropReplicas(ids));
    thenRejected(
        new DropReplicas(List.of(ReplicaId.of(C, 2), ReplicaId.of(E, 1))),
        new Rejection.ClusterUnknown("u4"));
  }

  @Test
  void rolesAreCommentedOn() {
    Optional<String> hello = Optional.of("hello");
    then(new CommentOnRole("materialize", hello), new RoleCommentChanged("materialize", hello));
    then(new CommentOnRole("materialize", Optional.empty()));
    thenRejected(new CommentOnRole("nobody", hello), new Rejection.RoleUnknown("nobody"));
  }

  @Test
  void theFirstClusterOfAFreshEnvironmentIsTheUsersOne() {
    assertEquals(QUICKSTART, state.cluster("quickstart").orElseThrow().id());
    given(new RenameCluster("quickstart", "mine", false));
    state = evolve(state, List.of(new ClusterCreationFinished(QUICKSTART)));
    assertEquals(QUICKSTART, state.cluster("mine").orElseThrow().id());
  }

  @Provide
  static Arbitrary<List<EnvironmentCommand>> histories() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d");
    Arbitrary<EnvironmentCommand> commands =
        Arbitraries.oneOf(
            names.map(name -> create(name, managed("small", 1))),
            names.map(name -> new DropClusters(List.of(name), false)),
            Combinators.combine(names, names)
                .as((left, right) -> new RenameCluster(left, right, false)),
            Combinators.combine(names, names)
                .as(Swap::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(SwapClusters::new));
    return commands.list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 300)
  void namesAndIdsAreUniqueInEveryHistory(@ForAll("histories") List<EnvironmentCommand> history) {
    EnvironmentState now = evolve(EnvironmentState.EMPTY, BOOTSTRAP.events());
    List<ClusterId> given = new ArrayList<>();
    for (EnvironmentCommand command : history) {
      Decision<EnvironmentEvent> decision =
          EnvironmentDecider.decide(
              now, command, new EnvironmentContext(HybridTime.ofEpochMilli(2, 0), ALICE, RULES));
      if (decision instanceof Decision.Accepted<EnvironmentEvent> accepted) {
        now = evolve(now, accepted.events());
        accepted.events().stream()
            .filter(ClusterCreationStarted.class::isInstance)
            .forEach(event -> given.add(((ClusterCreationStarted) event).id()));
      }
      assertEquals(now.clusters().size(), now.clusterIds().size());
      for (var entry : now.clusters().values()) {
        assertEquals(entry.id(), now.clusterIds().get(entry.name()));
      }
    }
    assertEquals(given.size(), new HashSet<>(given).size());
  }
}
