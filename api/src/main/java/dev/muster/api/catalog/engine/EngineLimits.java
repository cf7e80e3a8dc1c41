package dev.muster.api.catalog.engine;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What the engine may use.
 *
 * @param memoryBytes for tables and queries together
 * @param threads with which one query may run
 * @param connections queries that run at once; more of them wait
 * @param longAfter a query that has run for so long no longer counts as one of those
 * @param longQueries as long as no more than so many do
 * @param longestWait after which a query that waits for its turn is refused
 * @param resultBytes roughly, of one query's result
 * @param resultsBytes roughly, of all results together until they have been fetched
 */
public record EngineLimits(
    long memoryBytes,
    int threads,
    int connections,
    Duration longAfter,
    int longQueries,
    Duration longestWait,
    long resultBytes,
    long resultsBytes) {
  /** Reads {@code muster.catalog}, described where it ships. */
  public static EngineLimits load(Config config) {
    Config catalog = config.getConfig("muster.catalog");
    return new EngineLimits(
        catalog.getMemorySize("memory").toBytes(),
        catalog.getInt("threads"),
        catalog.getInt("connections"),
        catalog.getDuration("long-after"),
        catalog.getInt("long-queries"),
        catalog.getDuration("longest-wait"),
        catalog.getMemorySize("result").toBytes(),
        catalog.getMemorySize("results").toBytes());
  }
}
