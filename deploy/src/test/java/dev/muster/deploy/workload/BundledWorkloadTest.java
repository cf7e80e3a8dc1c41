package dev.muster.deploy.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.process.ProcessRuntime;
import dev.muster.actors.runtime.process.ProcessSettings;
import dev.muster.actors.runtime.process.ReplicaStopper;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled workload under the process runtime, with the settings that Muster ships. */
final class BundledWorkloadTest {
  private static final Path CACHE = Path.of("target", "test-workload");
  private static final ReplicaId ID = new ReplicaId("u1-1");

  @TempDir Path directory;

  private static final class Heard implements RuntimeListener {
    final BlockingQueue<RuntimeSignal> signals = new LinkedBlockingQueue<>();

    @Override
    public void onSignal(RuntimeSignal signal) {
      signals.add(signal);
    }

    @Override
    public void onObservation(ReplicaObservation observation) {
      // Not looked at here.
    }
  }

  @Test
  void preparingTwiceGivesTheSameCommand() throws Exception {
    assertEquals(BundledWorkload.command(CACHE), BundledWorkload.command(CACHE));
  }

  @Test
  void aReplicaHydratesAndStopsWithinItsGracePeriod() throws Exception {
    Config shipped = ConfigFactory.load();
    ProcessSettings settings =
        ProcessSettings.of(shipped, directory, BundledWorkload.command(CACHE));
    ReplicaSize size =
        new ReplicaSize("25cc", 1, 1, 500_000_000L, 4L << 30, 0, BigDecimal.ONE, true);
    Heard heard = new Heard();
    try (ProcessRuntime runtime = new ProcessRuntime(settings)) {
      runtime.start(new ReplicaOrder(ID, 1, "r1", "az1", size, ReplicaSettings.DEFAULT), heard);
      assertInstanceOf(RuntimeSignal.Started.class, heard.signals.poll(60, TimeUnit.SECONDS));
      RuntimeSignal.Hydrated hydrated =
          assertInstanceOf(RuntimeSignal.Hydrated.class, heard.signals.poll(60, TimeUnit.SECONDS));
      assertEquals(4, hydrated.objects());
      assertTrue(hydrated.bytes() > 0);
      assertTrue(hydrated.peakMemoryBytes() > 0);
      runtime.stop(ID, heard);
      assertEquals(new RuntimeSignal.Stopped(ID), heard.signals.poll(60, TimeUnit.SECONDS));
      assertEquals(List.of(), runtime.inventory());
    } finally {
      ReplicaStopper.stopAll(directory, Duration.ZERO);
    }
  }
}
