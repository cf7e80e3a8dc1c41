package dev.muster.api.http;

/** What {@code GET /metrics} answers. Asked from any thread. */
@FunctionalInterface
public interface MetricsPage {
  /**
   * All metrics as they are now.
   *
   * @param accepted the request's {@code Accept} header, null where it has none
   */
  Rendered render(String accepted);

  /** A text in the form that was asked for. */
  record Rendered(String contentType, byte[] body) {}
}
