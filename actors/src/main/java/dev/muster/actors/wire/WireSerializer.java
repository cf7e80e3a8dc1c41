package dev.muster.actors.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** The messages between nodes as Pekko serializes them; bound in {@code muster-cluster.conf}. */
public final class WireSerializer extends SerializerWithStringManifest {
  /** On every message. Never to be changed. */
  public static final int IDENTIFIER = 6876;

  private final ExtendedActorSystem system;

  private final Map<Class<?>, String> manifests = new ConcurrentHashMap<>();

  /** Made when first needed: a single node never sends anything. */
  private volatile ObjectMapper mapper;

  public WireSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return manifests.computeIfAbsent(message.getClass(), WireSerializer::manifestOf);
  }

  private static String manifestOf(Class<?> message) {
    return WireTypes.TABLE.entrySet().stream()
        .filter(type -> type.getValue().isAssignableFrom(message))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a message that is not meant for other nodes: " + message));
  }

  @Override
  public byte[] toBinary(Object message) {
    Class<?> type = WireTypes.TABLE.get(manifest(message));
    try {
      return mapper().writerFor(type).writeValueAsBytes(message);
    } catch (JsonProcessingException unfit) {
      throw new IllegalArgumentException("cannot be sent: " + message, unfit);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Class<?> type = WireTypes.TABLE.get(manifest);
    if (type == null) {
      throw new NotSerializableException(
          "a message of another version, which this one does not know: " + manifest);
    }
    try {
      return mapper().readerFor(type).readValue(bytes);
    } catch (IOException unreadable) {
      NotSerializableException failure =
          new NotSerializableException(manifest + ": " + unreadable.getMessage());
      failure.initCause(unreadable);
      throw failure;
    }
  }

  private ObjectMapper mapper() {
    ObjectMapper known = mapper;
    if (known == null) {
      known = mapper(ActorRefResolver.get(Adapter.toTyped(system)));
      mapper = known;
    }
    return known;
  }

  static ObjectMapper mapper(ActorRefResolver references) {
    return JsonMapper.builder()
        .addModules(new Jdk8Module(), new JavaTimeModule(), actorReferences(references))
        .annotationIntrospector(new SealedTypes())
        // Records as their components, and nothing that they work out.
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .disable(
            SerializationFeature.FAIL_ON_EMPTY_BEANS,
            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        // A newer node may say more.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  @SuppressWarnings("rawtypes")
  private static SimpleModule actorReferences(ActorRefResolver references) {
    return new SimpleModule("actor-references")
        .addSerializer(
            new StdSerializer<ActorRef>(ActorRef.class) {
              @Override
              @SuppressWarnings("unchecked")
              public void serialize(ActorRef value, JsonGenerator json, SerializerProvider provider)
                  throws IOException {
                json.writeString(references.toSerializationFormat(value));
              }
            })
        .addDeserializer(
            ActorRef.class,
            new StdDeserializer<ActorRef>(ActorRef.class) {
              @Override
              public ActorRef deserialize(JsonParser json, DeserializationContext context)
                  throws IOException {
                return references.resolveActorRef(json.getText());
              }
            });
  }
}
