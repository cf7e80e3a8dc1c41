package dev.muster.deploy;

/** Which Muster this is. */
final class Version {
  static final String TEXT = "0.1.0";

  private Version() {}
}
