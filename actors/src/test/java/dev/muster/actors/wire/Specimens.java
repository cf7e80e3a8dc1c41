package dev.muster.actors.wire;

import dev.muster.actors.testing.Sizes;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** Makes one of any record by reflection, with something in each of its components. */
final class Specimens {
  private static final Map<Class<?>, Object> KNOWN =
      Map.ofEntries(
          Map.entry(String.class, "az1"),
          Map.entry(int.class, 3),
          Map.entry(Integer.class, 3),
          Map.entry(long.class, 4L),
          Map.entry(Long.class, 4L),
          Map.entry(boolean.class, true),
          Map.entry(Boolean.class, true),
          Map.entry(double.class, 0.5),
          Map.entry(byte[].class, new byte[] {1, 2, 3}),
          Map.entry(BigDecimal.class, new BigDecimal("1.25")),
          Map.entry(Duration.class, Duration.ofMillis(1500)),
          Map.entry(Instant.class, Instant.ofEpochMilli(1)),
          Map.entry(OptionalInt.class, OptionalInt.of(5)),
          Map.entry(OptionalLong.class, OptionalLong.of(6)),
          Map.entry(HybridTime.class, HybridTime.ofEpochMilli(7, 0)),
          Map.entry(ClusterId.class, new ClusterId("u7")),
          Map.entry(ReplicaSize.class, Sizes.CATALOGUE.all().iterator().next()));

  private final ReplicaId replica;
  private final ActorRef<?> reference;

  Specimens(ReplicaId replica, ActorRef<?> reference) {
    this.replica = replica;
    this.reference = reference;
  }

  Object of(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    if (type instanceof TypeVariable<?> || type instanceof WildcardType) {
      return "any";
    }
    Class<?> known = (Class<?>) type;
    if (KNOWN.containsKey(known)) {
      return KNOWN.get(known);
    }
    if (known == ReplicaId.class) {
      return replica;
    }
    if (known.isEnum()) {
      return known.getEnumConstants()[0];
    }
    return known.isSealed() ? of(known.getPermittedSubclasses()[0]) : ofRecord(known);
  }

  private Object generic(ParameterizedType type) throws ReflectiveOperationException {
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw == ActorRef.class) {
      return reference;
    }
    Object first = of(type.getActualTypeArguments()[0]);
    if (raw == Optional.class) {
      return Optional.of(first);
    }
    if (raw == Set.class) {
      return Set.of(first);
    }
    if (raw == List.class) {
      return List.of(first);
    }
    if (raw == Map.class) {
      return Map.of(first, of(type.getActualTypeArguments()[1]));
    }
    return of(raw);
  }

  private Object ofRecord(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new AssertionError("no record, and none that is known: " + type);
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = of(components[i].getGenericType());
    }
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }
}
