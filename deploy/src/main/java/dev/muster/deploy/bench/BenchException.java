package dev.muster.deploy.bench;

/** A benchmark cannot be carried out; the message says why, and what to do, in one line. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
