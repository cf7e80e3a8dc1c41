package dev.muster.api.catalog.engine;

import com.typesafe.config.Config;

/**
 * What the engine may use.
 *
 * @param memoryBytes for tables and queries together
 * @param threads with which one query may run
 * @param connections queries that run at once; more of them wait
 * @param resultBytes roughly, of one query's result
 */
public record EngineLimits(long memoryBytes, int threads, int connections, long resultBytes) {
  /** Reads {@code muster.catalog}, described where it ships. */
  public static EngineLimits load(Config config) {
    Config catalog = config.getConfig("muster.catalog");
    return new EngineLimits(
        catalog.getMemorySize("memory").toBytes(),
        catalog.getInt("threads"),
        catalog.getInt("connections"),
        catalog.getMemorySize("result").toBytes());
  }
}
