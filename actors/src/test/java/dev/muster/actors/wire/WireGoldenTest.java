package dev.muster.actors.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Every message that crosses from node to node, byte for byte as it was when it was first sent:
 * what a node of the version before says, and understands. A line of {@code
 * golden-wire/messages.txt} is never changed; a message that has changed is a new one, with a new
 * id, or has a component more, in a line more (its name followed by {@code @} and a number), and
 * the old line is still read.
 *
 * <p>What the messages are now is written to {@code target/wire-messages.txt}.
 */
class WireGoldenTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create("wire", ConfigFactory.parseString("pekko.actor.provider = local"));
  private static final String ASKER = "ASKER";

  /** Families that cross within a message. */
  private static final Map<String, Class<?>> WITHIN =
      Map.of(
          "within cluster-command",
          ClusterCommand.class,
          "within environment-command",
          EnvironmentCommand.class,
          "within reply",
          Reply.class,
          "within rejection",
          Rejection.class,
          "within notice",
          Notice.class,
          "within wait-policy",
          WaitPolicy.class,
          "within patch",
          Patch.class,
          "within explanation",
          Explanation.class);

  private final String reference =
      ActorRefResolver.get(KIT.system())
          .toSerializationFormat(KIT.<Object>createTestProbe("asker").ref());
  private final ObjectMapper mapper = WireSerializer.mapper(ActorRefResolver.get(KIT.system()));
  private final Specimens specimens =
      new Specimens(
          new ReplicaId("u7-2"), ActorRefResolver.get(KIT.system()).resolveActorRef(reference));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Stream<Class<?>> members(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(WireGoldenTest::members)
        : Stream.of(family);
  }

  private static Map<String, Class<?>> families() {
    Map<String, Class<?>> families = new TreeMap<>(WITHIN);
    families.putAll(WireTypes.TABLE);
    return families;
  }

  /** By family and member. */
  private Map<String, String> messages() throws Exception {
    Map<String, String> messages = new LinkedHashMap<>();
    for (var family : families().entrySet()) {
      for (Class<?> member : members(family.getValue()).toList()) {
        messages.put(
            family.getKey() + " " + member.getSimpleName(),
            mapper
                .writerFor(family.getValue())
                .writeValueAsString(specimens.of(member))
                .replace(reference, ASKER));
      }
    }
    return messages;
  }

  private static Map<String, String> golden() throws IOException {
    try (var file = WireGoldenTest.class.getResourceAsStream("/golden-wire/messages.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .collect(
              Collectors.toMap(
                  line -> line[0], line -> line[1], (one, other) -> one, LinkedHashMap::new));
    }
  }

  @Test
  void everyMessageIsWrittenAsItWasAndTheNewestLineIsOfEach() throws Exception {
    Map<String, String> now = messages();
    Files.write(
        Files.createDirectories(Path.of("target")).resolve("wire-messages.txt"),
        now.entrySet().stream().map(line -> line.getKey() + "\t" + line.getValue()).toList());
    Map<String, String> newest = new LinkedHashMap<>();
    golden().forEach((name, json) -> newest.put(name.replaceFirst("@\\d+$", ""), json));

    assertEquals(
        List.copyOf(new TreeMap<>(now).keySet()), List.copyOf(new TreeMap<>(newest).keySet()));
    now.forEach((name, json) -> assertEquals(newest.get(name), json, name));
  }

  /** Also what is not written any more: a node of another version may still say it. */
  @Test
  void everyMessageThatWasEverWrittenIsRead() throws Exception {
    Map<String, Class<?>> families = families();
    for (var line : golden().entrySet()) {
      String family = line.getKey().substring(0, line.getKey().lastIndexOf(' '));
      String member = line.getKey().substring(family.length() + 1).replaceFirst("@\\d+$", "");

      Object read =
          mapper
              .readerFor(families.get(family))
              .readValue(line.getValue().replace(ASKER, reference));

      assertEquals(member, read.getClass().getSimpleName(), line.getKey());
      assertTrue(families.get(family).isInstance(read), line.getKey());
    }
  }
}
