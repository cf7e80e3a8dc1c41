package dev.muster.deploy.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code muster bench memory}: what a cluster costs while nothing happens. */
@Command(
    name = "memory",
    description =
        "KiB a cluster, and the processor time of an idle Muster, with one simulated replica for"
            + " each cluster in a heap of "
            + ThrowawayMuster.HEAP
            + ".",
    mixinStandardHelpOptions = true)
final class MemoryBenchmark extends Benchmark {
  private static final double IDLE_PERCENT_AT_MOST = 5;
  private static final double KIB = 1024;
  private static final double MIB = 1024 * KIB;

  /** What the process uses at one moment. */
  private record Usage(long heapBytes, long residentBytes, long threads, long diskBytes) {
    static Usage of(ThrowawayMuster muster) {
      ProcessMeter meter = new ProcessMeter(muster.process());
      try (HeapMeter heap = HeapMeter.attach(muster.process())) {
        long live = heap.liveBytes();
        return new Usage(live, meter.residentBytes(), meter.threads(), sizeOf(muster.data()));
      }
    }

    private static long sizeOf(Path directory) {
      try (Stream<Path> files = Files.walk(directory)) {
        return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      } catch (IOException failure) {
        throw new BenchException(
            "cannot look into " + directory + ": " + failure.getMessage(), failure);
      }
    }
  }

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(10_000);
    ThrowawayMuster muster = ThrowawayMuster.start(workshop);
    Usage empty = Usage.of(muster);
    ClusterPopulation population = new ClusterPopulation(muster, clusters);
    long beginNanos = System.nanoTime();
    population.create();
    double createSeconds = (System.nanoTime() - beginNanos) / 1e9;
    population.awaitOnline();
    Usage full = Usage.of(muster);

    out.println();
    out.println(
        "### "
            + clusters
            + " clusters with one replica each, created in "
            + Numbers.brief(createSeconds)
            + " s");
    out.println();
    print(empty, full, clusters, out);
    out.flush();
    Target target =
        Target.atMost("idle processor time, percent of one core", IDLE_PERCENT_AT_MOST, " %");
    out.println(target.verdict(idlePercent(muster, given.seconds(30))));
  }

  private static void print(Usage empty, Usage full, int clusters, PrintWriter out) {
    TextTable table = new TextTable("", "empty", "full", "a cluster");
    addBytes(table, "heap after collection", empty.heapBytes(), full.heapBytes(), clusters);
    addBytes(
        table,
        "resident memory of the process",
        empty.residentBytes(),
        full.residentBytes(),
        clusters);
    addBytes(table, "data directory", empty.diskBytes(), full.diskBytes(), clusters);
    table.row("threads", empty.threads(), full.threads(), "");
    out.print(table);
    out.println();
  }

  private static void addBytes(TextTable table, String what, long empty, long full, int clusters) {
    table.row(
        what,
        Numbers.brief(empty / MIB) + " MiB",
        Numbers.brief(full / MIB) + " MiB",
        Numbers.brief((full - empty) / KIB / clusters) + " KiB");
  }

  private static double idlePercent(ThrowawayMuster muster, int seconds) {
    ProcessMeter meter = new ProcessMeter(muster.process());
    Duration before = meter.cpu();
    long beginNanos = System.nanoTime();
    Await.pause(Duration.ofSeconds(seconds));
    double elapsedNanos = System.nanoTime() - beginNanos;
    return 100 * meter.cpu().minus(before).toNanos() / elapsedNanos;
  }
}
