package dev.muster.actors.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import dev.muster.actors.entity.Answer;
import dev.muster.actors.entity.ClusterMessage;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.gather.CatalogQuestion;
import dev.muster.actors.gather.NameAnswer;
import dev.muster.actors.gather.NameQuestion;
import dev.muster.actors.host.HostCommand;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Patch;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireSerializerTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "wire",
          MusterActors.configuration(
              ConfigFactory.parseString(
                  """
                  muster.node.form-cluster-alone = off
                  pekko.loglevel = WARNING
                  """)));

  private static final HybridTime NOW = new HybridTime(1L << 50);
  private static final ReplicaId REPLICA = new ReplicaId("u7-2");

  private static <T> ActorRef<T> asker() {
    return KIT.<T>createTestProbe().ref();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Object> messages() {
    return Stream.of(
        execute(new ClusterCommand.Drop()),
        execute(
            new ClusterCommand.Alter(
                Optional.of(true),
                Patch.set("medium"),
                Patch.keep(),
                Patch.set(List.of("az1", "az2")),
                Patch.set(Optional.of(Duration.ofMillis(1500))),
                Patch.clear(),
                Patch.set(3),
                Patch.keep(),
                Patch.keep(),
                Patch.keep(),
                Patch.set("small"),
                Patch.clear(),
                new WaitPolicy.For(Duration.ofSeconds(3)))),
        new ClusterMessage.ExecuteAgain(execute(new ClusterCommand.Drop())),
        new ClusterMessage.Wake(asker()),
        new EnvironmentMessage.Wake(),
        new NameQuestion("node#1", 3, asker()),
        new NameAnswer("node#1", 3, OptionalLong.of(41), true),
        new NameAnswer("node#1", 3, OptionalLong.empty(), false),
        new EnvironmentMessage.Checkpoint(
            List.of(new ChainHead(new ClusterId("u7"), 12, "hash")), asker()),
        new EnvironmentMessage.Execute(
            new EnvironmentCommand.SwapClusters(List.of(new EnvironmentCommand.Swap("a", "b"))),
            Origin.SYSTEM,
            NOW,
            Long.MAX_VALUE,
            asker()),
        new Answer(
            7, NOW, new Reply.Done(List.of(new Notice.ReplicaAlreadyExists("r\u00e9plica \"1\"")))),
        new Answer(8, NOW, new Reply.Refused(new Rejection.TooManyReplicas(9, 5, 1))),
        new ClusterId("s2"),
        new ReconfigurationProgress.Hydrating(1, 2, OptionalInt.of(50)),
        new ReconfigurationProgress.Ended(new Rejection.ClusterGone()),
        new HostCommand.Find(REPLICA, asker()),
        new HostCommand.Start(
            new ReplicaOrder(
                REPLICA,
                3,
                "r1",
                "az2",
                Sizes.CATALOGUE.all().iterator().next(),
                ReplicaSettings.DEFAULT),
            asker()),
        new RuntimeSignal.NoRoom(REPLICA, 3, "it is full"),
        new RuntimeSignal.Started(REPLICA, 3, 4711),
        new RuntimeSignal.Started(REPLICA, 3, 4711, Optional.of(NOW.instant()), Optional.empty()),
        new RuntimeSignal.Ended(
            REPLICA, 3, new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty())),
        new CatalogQuestion("node#1", 5, 6, asker()));
  }

  private static ClusterMessage.Execute execute(ClusterCommand command) {
    return new ClusterMessage.Execute(command, Origin.SYSTEM, NOW, 12, 34, asker());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageArrivesAsItWasSent(Object message) {
    var serialization = SerializationExtension.get(Adapter.toClassic(KIT.system()));
    var serializer = (WireSerializer) serialization.findSerializerFor(message);

    byte[] bytes = serializer.toBinary(message);

    assertEquals(
        message,
        serialization
            .deserialize(bytes, WireSerializer.IDENTIFIER, serializer.manifest(message))
            .get());
  }

  @Test
  void whatANewerNodeSaysBesideIsReadPast() throws NotSerializableException {
    byte[] bytes =
        "{\"type\":\"stopped\",\"id\":\"u7-2\",\"mood\":\"good\"}".getBytes(StandardCharsets.UTF_8);

    assertEquals(
        new RuntimeSignal.Stopped(REPLICA), serializer().fromBinary(bytes, "runtime-signal:1"));
  }

  @Test
  void aMessageOfAnotherVersionIsRefusedByName() {
    assertThrows(
        NotSerializableException.class, () -> serializer().fromBinary(new byte[0], "answer:2"));
  }

  /** What stays on its node has no name on the wire. */
  @Test
  void aPrivateMessageIsNotSent() {
    assertThrows(
        IllegalArgumentException.class,
        () -> serializer().manifest(new ClusterMessage.Reconcile()));
  }

  private static WireSerializer serializer() {
    return new WireSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));
  }

  /** Every member of every family that crosses, of those that it contains too. */
  static Stream<Class<?>> families() {
    return Stream.of(
        HostCommand.class,
        RuntimeSignal.class,
        ReconfigurationProgress.class,
        ClusterCommand.class,
        EnvironmentCommand.class,
        Reply.class,
        Rejection.class,
        Notice.class,
        WaitPolicy.class,
        Patch.class);
  }

  private static Stream<Class<?>> members(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(WireSerializerTest::members)
        : Stream.of(family);
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyMemberOfAFamilyArrivesAsItWasSentAlsoWhatIsAddedLater(Class<?> family)
      throws Exception {
    ObjectMapper mapper = WireSerializer.mapper(ActorRefResolver.get(KIT.system()));
    List<Class<?>> members = members(family).toList();
    assertFalse(members.isEmpty());
    Set<String> names = new HashSet<>();
    for (Class<?> member : members) {
      Object message = new Specimens(REPLICA, asker()).of(member);
      byte[] bytes = mapper.writerFor(family).writeValueAsBytes(message);

      assertEquals(message, mapper.readerFor(family).readValue(bytes), member.getName());
      JsonNode type = mapper.readTree(bytes).get("type");
      assertTrue(type == null || names.add(type.asText()), "two of one name: " + type);
    }
  }
}
