package dev.muster.deploy.system;

/** How long a test goes on that finds the more, the longer it does. */
final class Soak {
  private Soak() {}

  /**
   * @param usual how many rounds in every build
   * @param soaking how many with {@code mvn verify -Psoak}
   */
  static int rounds(int usual, int soaking) {
    return Boolean.getBoolean("muster.soak") ? soaking : usual;
  }
}
