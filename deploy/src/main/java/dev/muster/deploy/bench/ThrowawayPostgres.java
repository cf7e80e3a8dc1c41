package dev.muster.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A PostgreSQL of the machine's own version, in a temporary folder, with its defaults (so {@code
 * fsync} and {@code synchronous_commit} are on), on a free port of loopback.
 */
final class ThrowawayPostgres implements Server, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER = "bench";
  private static final String DATABASE = "postgres";

  private final Workshop workshop;
  private final PostgresBinaries binaries;
  private final Path data;
  private final int port;
  private final String password = UUID.randomUUID().toString();
  private Process server;

  private ThrowawayPostgres(Workshop workshop) {
    this.workshop = workshop;
    this.binaries = PostgresBinaries.find();
    this.data = workshop.newDirectory("postgres");
    this.port = FreePort.find();
  }

  /** Starts it and waits until it serves; stopped with the workshop. */
  static ThrowawayPostgres start(Workshop workshop) {
    ThrowawayPostgres postgres = workshop.keep(new ThrowawayPostgres(workshop));
    try {
      postgres.initialize();
      postgres.launch();
      return postgres;
    } catch (IOException failure) {
      throw new BenchException("PostgreSQL could not be started: " + failure.getMessage(), failure);
    }
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String user() {
    return USER;
  }

  @Override
  public Optional<String> password() {
    return Optional.of(password);
  }

  @Override
  public String database() {
    return DATABASE;
  }

  @Override
  public ProcessHandle process() {
    return server.toHandle();
  }

  PostgresBinaries binaries() {
    return binaries;
  }

  /** Runs statements, each in a transaction of its own. */
  void execute(String... statements) {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    } catch (SQLException failure) {
      throw new BenchException("PostgreSQL refused a statement: " + failure.getMessage(), failure);
    }
  }

  /** A fast shutdown: clients are disconnected, nothing is waited for. */
  @Override
  public void close() {
    if (server == null || !server.isAlive()) {
      return;
    }
    try {
      Subprocess.run(
          workshop,
          asPostgres(binaries.program("pg_ctl"), "stop", "-w", "-m", "fast", "-D", data.toString()),
          Map.of(),
          PATIENCE);
    } finally {
      server.destroyForcibly();
    }
  }

  private void initialize() throws IOException {
    Path passwordFile =
        Files.writeString(workshop.directory().resolve("postgres.password"), password);
    Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
    if (weAreRoot()) {
      UserPrincipal postgres = postgresUser();
      Files.setOwner(data, postgres);
      Files.setOwner(passwordFile, postgres);
    }
    Subprocess.runOrFail(
        workshop,
        asPostgres(
            binaries.program("initdb"),
            "--pgdata=" + data,
            "--username=" + USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C"),
        Map.of(),
        PATIENCE);
  }

  private void launch() throws IOException {
    Path log = workshop.directory().resolve("postgres.log");
    server =
        new ProcessBuilder(
                asPostgres(
                    binaries.program("postgres"),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=" + HOST,
                    "-c",
                    "unix_socket_directories="))
            .directory(workshop.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Await.until(
        "PostgreSQL serves (see " + log + ")",
        PATIENCE,
        () -> {
          if (!server.isAlive()) {
            throw new BenchException("PostgreSQL ended at once: " + lastLine(log));
          }
          try (Connection connection = connect()) {
            return connection.isValid(5);
          } catch (SQLException notYet) {
            return false;
          }
        });
  }

  /** PostgreSQL refuses to run as root: it then runs as the user that its package made. */
  private static List<String> asPostgres(String... command) {
    List<String> whole = new ArrayList<>();
    if (weAreRoot()) {
      whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    }
    whole.addAll(List.of(command));
    return whole;
  }

  private static UserPrincipal postgresUser() throws IOException {
    try {
      return Path.of("/")
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName("postgres");
    } catch (UserPrincipalNotFoundException missing) {
      throw new BenchException(
          "PostgreSQL does not run as root, and there is no user postgres to run it as; install"
              + " Debian's package postgresql, or run the benchmark as another user",
          missing);
    }
  }

  private static boolean weAreRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String lastLine(Path log) {
    try (var lines = Files.lines(log)) {
      return lines.reduce((first, second) -> second).orElse("it wrote no log");
    } catch (IOException unreadable) {
      return unreadable.getMessage();
    }
  }
}
