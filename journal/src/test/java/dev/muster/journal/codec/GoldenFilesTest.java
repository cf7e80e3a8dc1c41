package dev.muster.journal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.EnvironmentEvent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes on disk, frozen: {@code golden/TYPE-VERSION.json} holds one line each. A golden file is
 * never edited; a new version of a type gets a new file, and the old one must go on decoding.
 */
class GoldenFilesTest {
  private static final Map<String, Object> SAMPLES =
      Samples.all().stream()
          .collect(
              toMap(sample -> JournalCodec.STANDARD.manifest(sample).type(), sample -> sample));

  @TestFactory
  Stream<DynamicTest> eachTypeEncodesToItsGoldenFileAndBack() {
    return SAMPLES.values().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    JournalCodec.STANDARD.manifest(sample).toString(), () -> check(sample)));
  }

  private static void check(Object sample) throws IOException, URISyntaxException {
    JournalCodec.Encoded encoded = JournalCodec.STANDARD.encode(sample);
    Path file = golden().resolve(fileName(encoded.manifest()));
    String text = new String(encoded.bytes(), UTF_8);
    if (!Files.exists(file)) {
      fail("add the golden file %s with this line:%n%s".formatted(file.getFileName(), text));
    }
    byte[] frozen = Files.readString(file).stripTrailing().getBytes(UTF_8);
    assertEquals(new String(frozen, UTF_8), text);
    assertEquals(sample, JournalCodec.STANDARD.decode(encoded.manifest().toString(), frozen));
  }

  @Test
  void everyGoldenFileDecodesToTheSampleOfItsTypeWhateverItsVersion() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(golden())) {
      files = all.filter(file -> file.toString().endsWith(".json")).toList();
    }
    assertTrue(files.size() >= SAMPLES.size(), "golden files are missing");
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".json", "");
      int dash = name.lastIndexOf('-');
      String type = name.substring(0, dash);
      String manifest = type + ":" + name.substring(dash + 1);
      assertEquals(
          Samples.older().getOrDefault(name, SAMPLES.get(type)),
          JournalCodec.STANDARD.decode(manifest, Files.readAllBytes(file)),
          name);
    }
  }

  @Test
  void everyEventOfTheSealedFamiliesHasALineInItsTableAndASample() {
    assertComplete(ClusterEvent.class, ClusterEventTypes.TABLE, Samples.clusterEvents());
    assertComplete(
        EnvironmentEvent.class, EnvironmentEventTypes.TABLE, Samples.environmentEvents());
  }

  private static void assertComplete(Class<?> family, List<WireType> table, List<?> samples) {
    Set<Class<?>> permitted = Set.of(family.getPermittedSubclasses());
    assertEquals(permitted, classes(table, WireType::javaType), "the table of " + family);
    assertEquals(permitted, classes(samples, Object::getClass), "the samples of " + family);
  }

  private static <T> Set<Class<?>> classes(
      List<T> values, Function<? super T, ? extends Class<?>> javaType) {
    return values.stream().<Class<?>>map(javaType).collect(toSet());
  }

  private static String fileName(Manifest manifest) {
    return manifest.type() + "-" + manifest.version() + ".json";
  }

  private static Path golden() throws URISyntaxException {
    return Path.of(GoldenFilesTest.class.getResource("/golden").toURI());
  }
}
