package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** A role of the environment. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Role(
    String id,
    String name,
    boolean superuser,
    boolean login,
    boolean inherit,
    Optional<String> comment) {

  Role commented(Optional<String> newComment) {
    return new Role(id, name, superuser, login, inherit, newComment);
  }
}
