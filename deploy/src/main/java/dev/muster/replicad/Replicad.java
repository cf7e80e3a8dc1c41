package dev.muster.replicad;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The main program. Its exit codes are part of the workload contract. */
public final class Replicad {
  /** The hydration script cannot be read, or one of its statements failed. */
  static final int SCRIPT_FAILED = 10;

  /** A setting is missing or makes no sense, or the port is taken. */
  static final int CANNOT_START = 11;

  /** The memory that the replica was given does not do. */
  static final int OUT_OF_MEMORY = 12;

  private Replicad() {}

  public static void main(String[] arguments) {
    int code;
    try {
      code = run(ReplicadSettings.of(System.getenv()));
    } catch (IllegalArgumentException | IOException e) {
      code = fail(CANNOT_START, "cannot start: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      code = fail(OUT_OF_MEMORY, "out of memory: " + e.getMessage());
    }
    if (code != 0) {
      Runtime.getRuntime().halt(code);
    }
  }

  /** Returns 0 when it serves; the threads of the HTTP server keep the process alive. */
  private static int run(ReplicadSettings settings) throws IOException {
    Progress progress = new Progress(settings.replicaId());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> log("stopping")));
    // Answering comes first, so that progress can be watched from the first statement on.
    HttpApi api = HttpApi.start(settings.address(), progress);
    log("replica " + settings.replicaId() + " hydrates, port " + api.port());
    return hydrate(settings, progress, api);
  }

  private static int hydrate(ReplicadSettings settings, Progress progress, HttpApi api) {
    try {
      Engine engine = Engine.open(settings);
      engine.hydrate(HydrationScript.of(settings.script()), progress);
      api.serve(engine);
      progress.hydrated();
      log("hydrated in " + progress.elapsed().toMillis() + " ms");
      return 0;
    } catch (IOException e) {
      return fail(SCRIPT_FAILED, "cannot read the hydration script: " + e.getMessage());
    } catch (SQLException e) {
      progress.failed(e.getMessage());
      return Engine.isOutOfMemory(e)
          ? fail(OUT_OF_MEMORY, "out of memory: " + firstLine(e))
          : fail(SCRIPT_FAILED, "hydration failed: " + firstLine(e));
    }
  }

  private static String firstLine(SQLException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  private static int fail(int code, String message) {
    log(message + " (exit code " + code + ")");
    return code;
  }

  static void log(String message) {
    System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " replicad: " + message);
  }
}
