package dev.muster.api.command;

import java.util.function.Supplier;

/**
 * What shall become of one option: left as it is, put back to its default, or given a value.
 *
 * @param <T> the option's type
 */
public sealed interface Patch<T> {
  static <T> Patch<T> keep() {
    return new Keep<>();
  }

  static <T> Patch<T> clear() {
    return new Clear<>();
  }

  static <T> Patch<T> set(T value) {
    return new Set<>(value);
  }

  /** The value after the patch. */
  default T apply(T current, Supplier<T> defaultValue) {
    return switch (this) {
      case Keep<T> ignored -> current;
      case Clear<T> ignored -> defaultValue.get();
      case Set<T> set -> set.value();
    };
  }

  /** Whether the option was mentioned at all. */
  default boolean isMentioned() {
    return !(this instanceof Keep<T>);
  }

  record Keep<T>() implements Patch<T> {}

  record Clear<T>() implements Patch<T> {}

  record Set<T>(T value) implements Patch<T> {}
}
