package dev.muster.deploy.history;

import java.util.Optional;

/**
 * What a part of the system would do if it were asked one question at a time.
 *
 * @param <S> its states, with value equality
 * @param <O> questions, each with the answer that was given, where one was
 */
public interface Model<S, O> {
  S initial();

  /**
   * The state afterwards; empty where it would have answered otherwise, or where the operation
   * cannot have been carried out in this state.
   */
  Optional<S> after(S state, O operation);

  /** Whether it changes nothing, in whatever state it is carried out. */
  boolean isLook(O operation);
}
