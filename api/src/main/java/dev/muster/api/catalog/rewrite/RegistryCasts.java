package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.rewrite.Expressions.Typed;
import dev.muster.api.type.SqlType;
import java.util.Optional;

/**
 * Casts to the types that name catalog objects. Of a text they give the object's id, by which
 * queries compare; of an id its name, which queries show.
 */
final class RegistryCasts {
  private RegistryCasts() {}

  static Optional<Typed> cast(Typed child, SqlType target, ObjectNode type) {
    String typeName = type.path("type_name").asText();
    boolean ofText =
        child.node().path("literal").path("kind").asText().equals("STRING")
            || child.type().filter(RegistryCasts::isText).isPresent();
    if (typeName.equals("regproc")) {
      // Muster has no functions of its own to point to: a name is all there is.
      return Optional.of(
          new Typed(Trees.cast(child.node(), "VARCHAR"), Optional.of(SqlType.REGPROC)));
    }
    String macro =
        switch (typeName) {
          case "regclass", "regtype", "regnamespace", "regrole" -> typeName;
          default -> null;
        };
    if (macro == null) {
      return Optional.empty();
    }
    return Optional.of(
        ofText
            ? new Typed(Trees.call(macro + "_id", child.node()), Optional.of(SqlType.OID))
            : new Typed(Trees.call(macro + "_name", child.node()), Optional.of(target)));
  }

  private static boolean isText(SqlType type) {
    return switch (type) {
      case TEXT, NAME, VARCHAR -> true;
      default -> false;
    };
  }
}
