package dev.muster.journal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCodecTest {
  private static final String RESIZED =
      "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"}}";

  /** How the size of a fleet was journaled once, in words, then in a number, now with a unit. */
  record Weighed(long grams, String place) {}

  private static final WireType WEIGHED =
      WireType.of(Weighed.class, "test.weighed")
          .then(old -> old.deepCopy().put("kilograms", kilograms(old)))
          .then(
              old -> {
                old.remove("text");
                long grams = 1000 * old.remove("kilograms").asLong();
                return old.put("grams", grams).put("place", "unknown");
              });

  private static long kilograms(ObjectNode old) {
    return Long.parseLong(old.get("text").asText().replace(" kg", ""));
  }

  @Test
  void aNewerVersionSaysWhichAndToUpgrade() {
    var failure =
        assertThrows(NewerFormatException.class, () -> decode("cluster.size-changed:2", RESIZED));
    assertEquals(
        "the journal holds an event of type \"cluster.size-changed\" version 2, written by a newer"
            + " Muster (this one knows version 1), or changed by hand; upgrade this Muster to read"
            + " it",
        failure.getMessage());
  }

  @Test
  void anUnknownTypeSaysWhichAndToUpgrade() {
    var failure = assertThrows(NewerFormatException.class, () -> decode("cluster.moved:1", "{}"));
    assertEquals(
        "the journal holds an event of type \"cluster.moved\" version 1, written by a newer Muster"
            + " (this one does not know the type), or changed by hand; upgrade this Muster to read"
            + " it",
        failure.getMessage());
  }

  @Test
  void aNewerSnapshotIsCalledASnapshot() {
    var failure = assertThrows(NewerFormatException.class, () -> decode("cluster-state:9", "{}"));
    assertTrue(failure.getMessage().contains("a snapshot of type \"cluster-state\" version 9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "not json",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"}} x",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\"}}",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":null}}",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":7}}",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\",\"more\":1}}",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"oldSize\":\"c\",\"newSize\":\"b\"}}",
        "{\"at\":\"1\",\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"}}",
        "{\"at\":-1,\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"}}",
        "{\"by\":{\"role\":\"bob\"},\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"}}",
        "{\"at\":1,\"event\":{\"oldSize\":\"a\",\"newSize\":\"b\"}}",
        "{\"at\":1,\"by\":{\"role\":\"bob\"},\"event\":null}",
        "{\"at\":1,\"by\":{\"role\":\"bob\"}}"
      })
  void whateverIsNotExactlyOursIsDamage(String text) {
    var failure =
        assertThrows(DamagedRecordException.class, () -> decode("cluster.size-changed:1", text));
    assertTrue(
        failure
            .getMessage()
            .startsWith("the journal holds a damaged record of type \"cluster.size-changed:1\": "),
        failure::getMessage);
    assertEquals(1, failure.getMessage().lines().count());
  }

  @Test
  void aManifestThatIsNoManifestIsDamage() {
    for (String manifest : List.of("", "cluster.size-changed", "java.lang.String:1", "x:0")) {
      assertThrows(DamagedRecordException.class, () -> decode(manifest, RESIZED));
    }
  }

  @Test
  void everyTruncationOfEverySampleIsRefused() {
    for (Object sample : Samples.all()) {
      var encoded = JournalCodec.STANDARD.encode(sample);
      for (int length = 0; length < encoded.bytes().length; length++) {
        byte[] truncated = Arrays.copyOf(encoded.bytes(), length);
        assertThrows(
            DamagedRecordException.class,
            () -> JournalCodec.STANDARD.decode(encoded.manifest().toString(), truncated));
      }
    }
  }

  @Test
  void olderVersionsOfAnEventAreBroughtUpToDateOneByOne() {
    var codec = new JournalCodec(List.of(WEIGHED), List.of());
    var now = new Recorded<>(new HybridTime(1), Origin.SYSTEM, new Weighed(12_000, "unknown"));
    String envelope = "{\"at\":1,\"by\":{\"role\":\"mz_system\"},\"event\":%s}";
    assertEquals(new Manifest("test.weighed", 3), codec.encode(now).manifest());
    assertEquals(
        now,
        codec.decode("test.weighed:1", envelope.formatted("{\"text\":\"12 kg\"}").getBytes(UTF_8)));
    assertEquals(
        now,
        codec.decode(
            "test.weighed:2",
            envelope.formatted("{\"text\":\"?\",\"kilograms\":12}").getBytes(UTF_8)));
    assertEquals(now, codec.decode("test.weighed:3", codec.encode(now).bytes()));
  }

  @Test
  void olderVersionsOfASnapshotAreBroughtUpToDateToo() {
    var codec = new JournalCodec(List.of(), List.of(WEIGHED));
    assertEquals(
        new Weighed(12_000, "unknown"),
        codec.decode("test.weighed:1", "{\"text\":\"12 kg\"}".getBytes(UTF_8)));
  }

  @Test
  void anOldVersionThatItsUpcasterCannotReadIsDamage() {
    var codec = new JournalCodec(List.of(), List.of(WEIGHED));
    for (String old : List.of("{}", "[]", "{\"text\":\"heavy\"}", "{\"text\":")) {
      assertThrows(
          DamagedRecordException.class,
          () -> codec.decode("test.weighed:1", old.getBytes(UTF_8)),
          old);
    }
  }

  @Test
  void twoTypesUnderOneIdAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new JournalCodec(
                List.of(
                    WireType.of(ClusterEvent.SizeChanged.class, "cluster.same"),
                    WireType.of(ClusterEvent.ClusterDropped.class, "cluster.same")),
                List.of()));
  }

  @Test
  void whatIsNeitherRecordedNorASnapshotCannotBeJournaled() {
    for (Object value :
        List.of("text", new ClusterEvent.ClusterDropped(), recorded(SampleStates.cluster()))) {
      assertThrows(IllegalArgumentException.class, () -> JournalCodec.STANDARD.encode(value));
    }
  }

  @Test
  void decimalsKeepEveryDigit() {
    var added =
        assertInstanceOf(
            ClusterEvent.ReplicaAdded.class, decodeSample("cluster.replica-added").event());
    assertEquals("0.250", added.creditsPerHour().toString());
  }

  private static Recorded<?> decodeSample(String type) {
    return Samples.all().stream()
        .map(JournalCodec.STANDARD::encode)
        .filter(encoded -> encoded.manifest().type().equals(type))
        .map(
            encoded -> JournalCodec.STANDARD.decode(encoded.manifest().toString(), encoded.bytes()))
        .<Recorded<?>>map(Recorded.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Recorded<Object> recorded(Object event) {
    return new Recorded<>(new HybridTime(1), Origin.SYSTEM, event);
  }

  private static Object decode(String manifest, String text) {
    return JournalCodec.STANDARD.decode(manifest, text.getBytes(UTF_8));
  }
}
