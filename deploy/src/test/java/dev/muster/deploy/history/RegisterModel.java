package dev.muster.deploy.history;

import java.util.Optional;

/** One value that is written and read whole, as one option of one cluster. */
public record RegisterModel(Long initial) implements Model<Long, RegisterModel.Access> {
  /** What is done to it. */
  public sealed interface Access {
    record Write(long value) implements Access {}

    /**
     * A read.
     *
     * @param value that it was answered with
     */
    record Read(long value) implements Access {}
  }

  @Override
  public Optional<Long> after(Long state, Access operation) {
    return switch (operation) {
      case Access.Write write -> Optional.of(write.value());
      case Access.Read read -> read.value() == state ? Optional.of(state) : Optional.empty();
    };
  }

  @Override
  public boolean isLook(Access operation) {
    return operation instanceof Access.Read;
  }
}
