package dev.muster.journal.codec;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * The codec as Pekko knows it; bound in this module's {@code reference.conf} to recorded events and
 * to the states that are snapshots, and to what {@code EntityChain} has encoded already.
 *
 * <p>The version of a manifest covers the event. The envelope around it ({@code at}, {@code by},
 * {@code event}) has none: should it ever change, the new form gets a serializer with another
 * identifier, and this one stays for what was written before.
 */
public final class JournalSerializer extends SerializerWithStringManifest {
  /** Stands in every record of every journal. Never to be changed. */
  public static final int IDENTIFIER = 6875;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case JournalCodec.Encoded encoded -> encoded.manifest().toString();
      case ChainedSnapshot chained -> chained.manifest();
      default -> JournalCodec.STANDARD.manifest(value).toString();
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case JournalCodec.Encoded encoded -> encoded.bytes();
      case ChainedSnapshot chained -> JournalCodec.STANDARD.encode(chained.state()).bytes();
      default -> JournalCodec.STANDARD.encode(value).bytes();
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return ChainedSnapshot.decode(manifest, bytes);
  }
}
