package dev.muster.deploy.history;

/**
 * One question, and when it was asked and answered, by one clock. Who never heard whether it was
 * carried out has a call that ends at {@link #NEVER}: it may take effect at any time after it was
 * asked, or not at all.
 */
public record Call<O>(O operation, long askedNanos, long answeredNanos) {
  static final long NEVER = Long.MAX_VALUE;

  public Call {
    if (answeredNanos < askedNanos) {
      throw new IllegalArgumentException("answered before it was asked");
    }
  }

  public static <O> Call<O> unheard(O operation, long askedNanos) {
    return new Call<>(operation, askedNanos, NEVER);
  }

  boolean isHeard() {
    return answeredNanos != NEVER;
  }
}
