package dev.muster.api.catalog.engine;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
 * @param spill where there is one, memory is no bound on tables
 */
public record EngineLimits(
    long memoryBytes,
    int threads,
    int connections,
    Duration longAfter,
    int longQueries,
    Duration longestWait,
    long resultBytes,
    long resultsBytes,
    Optional<Spill> spill) {

  /**
   * Where that goes for which there is no memory.
   *
   * @param folder of which each engine has a part of its own, that it takes away when it is closed
   * @param bytesMax of one engine
   */
  public record Spill(Path folder, long bytesMax) {}

  /** Without a place for what does not fit into memory: it is refused. */
  public EngineLimits(
      long memoryBytes,
      int threads,
      int connections,
      Duration longAfter,
      int longQueries,
      Duration longestWait,
      long resultBytes,
      long resultsBytes) {
    this(
        memoryBytes,
        threads,
        connections,
        longAfter,
        longQueries,
        longestWait,
        resultBytes,
        resultsBytes,
        Optional.empty());
  }

  /**
   * The same with a folder, as {@code muster.catalog.spill} says. What a process that was killed
   * has left in it is taken away: it must be this process' own.
   */
  public EngineLimits spillingTo(Path folder, Config config) {
    SpillFolder.delete(folder);
    long bytes = config.getMemorySize("muster.catalog.spill").toBytes();
    return with(memoryBytes, bytes == 0 ? Optional.empty() : Optional.of(new Spill(folder, bytes)));
  }

  /**
   * Of one of the engines of the past, which have together as much memory as that of the present.
   */
  EngineLimits ofPast() {
    return with(memoryBytes / PastCatalogs.KEPT, spill);
  }

  private EngineLimits with(long memory, Optional<Spill> place) {
    return new EngineLimits(
        memory,
        threads,
        connections,
        longAfter,
        longQueries,
        longestWait,
        resultBytes,
        resultsBytes,
        place);
  }

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
