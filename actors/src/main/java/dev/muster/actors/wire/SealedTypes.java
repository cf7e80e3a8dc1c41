package dev.muster.actors.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells the members of a sealed interface apart by the property {@code type}: their simple names,
 * as in {@code rename-cluster}. What says itself how it is told apart is left alone.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
  private static final String PROPERTY = "type";

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
    JsonTypeInfo.Value given = super.findPolymorphicTypeInfo(config, annotated);
    return given == null && annotated instanceof AnnotatedClass && isFamily(annotated.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false, null, null)
        : given;
  }

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    List<NamedType> given = super.findSubtypes(annotated);
    if (given != null && !given.isEmpty() || !isFamily(annotated.getRawType())) {
      return given;
    }
    List<NamedType> members = new ArrayList<>();
    collect(annotated.getRawType(), members);
    return members;
  }

  private static void collect(Class<?> family, List<NamedType> members) {
    for (Class<?> member : family.getPermittedSubclasses()) {
      if (isFamily(member)) {
        collect(member, members);
      } else {
        members.add(new NamedType(member, name(member)));
      }
    }
  }

  private static boolean isFamily(Class<?> type) {
    return type.isInterface() && type.isSealed() && type.getPackageName().startsWith("dev.muster.");
  }

  private static String name(Class<?> member) {
    return member
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
