package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {
  private static final String NODE =
      "start --node 0 --zone az1 --node-address 127.0.0.1:25520 --cassandra 127.0.0.1:9042 ";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start --nonsense | Unknown option: '--nonsense'",
        "start --sql-port many | Invalid value for option '--sql-port': 'many' is not an int",
        "start --sql-port 70000 | a port must be between 0 and 65535: 70000",
        "start --sql-port 65536 | a port must be between 0 and 65535: 65536",
        "start --zones , | --zones must name one zone at least",
        "start --zones az1,az1 | --zones names a zone twice: az1,az1",
        "start --host 0.0.0.0 | --host 0.0.0.0 is not a loopback address; that needs --insecure,"
            + " since there is no TLS yet",
        "start --config /does/not/exist | the configuration file cannot be read: /does/not/exist",
        NODE + "| either --seeds or --discovery must say how this node finds the others",
        NODE
            + "--seeds 127.0.0.1:1 --discovery config | either --seeds or --discovery must say how"
            + " this node finds the others",
        NODE
            + "--seeds 127.0.0.1:1 --nodes-needed 3 | --contact-points, --nodes-needed and"
            + " --management-address go with --discovery",
        NODE
            + "--discovery config | --discovery config needs --contact-points, and all of them"
            + " before it founds a cluster",
        NODE
            + "--discovery kubernetes-api | --discovery kubernetes-api needs --nodes-needed, and"
            + " finds contact points itself",
        NODE
            + "--discovery kubernetes-api --nodes-needed 3 --management-address 10.0.0.1:8558 |"
            + " --management-address 10.0.0.1:8558 is not a loopback address; that needs"
            + " --insecure, since nodes trust whoever reaches them there",
        NODE
            + "--seeds 127.0.0.1:1 --roles entities,cook | --roles may name entities, replicas and"
            + " doors: \"cook\"",
        NODE
            + "--seeds 127.0.0.1:1 --roles doors --form | --form is for a node with entities:"
            + " another one founds no cluster",
        "replay --until yesterday | \"yesterday\" is no time; write it as 2026-11-20T10:00:00Z",
        "replay --format xml | Invalid value for option '--format': expected one of [json, sql]"
            + " (case-sensitive) but was 'xml'",
        "drill zone az1 --internal-sql-port 0 | a port must be between 1 and 65535: 0",
        "strat | Unmatched argument at index 0: 'strat'",
      })
  void aBadOptionIsOneClearLineAndExitCodeTwo(String line, String expected) {
    assertEquals(CommandLine.ExitCode.USAGE, run(line.split(" ")));
    assertEquals("muster: " + expected, err.toString().lines().findFirst().orElseThrow());
    assertEquals(2, err.toString().lines().count(), err.toString());
  }

  @Test
  void aDrillWhereNoMusterRunsSaysSo() {
    assertEquals(
        CommandLine.ExitCode.SOFTWARE,
        run("drill", "zone", "az1", "--data-dir", folder.toString()));
    assertEquals("muster: no Muster runs on the data directory " + folder, err.toString().strip());
  }

  @Test
  void aRuntimeThatIsNoneNamesThoseThatAre() {
    assertEquals(CommandLine.ExitCode.USAGE, run("start", "--runtime", "docker"));
    assertTrue(err.toString().contains("[process, kubernetes, simulated]"), err.toString());
  }

  @Test
  void aForeignDataDirectoryIsRefusedAndLeftAlone() throws IOException {
    Path thesis = Files.writeString(folder.resolve("thesis.tex"), "precious");
    String line = refusal(folder, "--sql-port", "0");
    assertTrue(line.contains("is not empty and is no Muster data directory"), line);
    assertEquals("precious", Files.readString(thesis));
    try (var content = Files.list(folder)) {
      assertEquals(List.of(thesis), content.toList(), "something was left in it");
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path data : List.of(file, file.resolve("data"))) {
      String line = refusal(data, "--sql-port", "0");
      assertTrue(line.contains(file.toString()), line);
    }
  }

  /** Not even root can make a folder there. */
  @Test
  void aDataDirectoryThatCannotBeWrittenIsRefused() {
    String line = refusal(Path.of("/proc/muster/data"), "--sql-port", "0");
    assertTrue(line.contains("/proc/muster"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sql-port", "--internal-sql-port", "--http-port"})
  void aBusyPortIsNamed(String option) throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      String line = refusal(folder.resolve("data"), option, port);
      assertTrue(line.contains(port) && line.contains(option), line);
    }
  }

  /** One line, and exit code 1; on free ports, but for one that may be named. */
  private String refusal(Path data, String portOption, String port) {
    err.getBuffer().setLength(0);
    List<String> arguments =
        new ArrayList<>(List.of("start", "--data-dir", data.toString(), portOption, port));
    for (String other : List.of("--sql-port", "--internal-sql-port", "--http-port")) {
      if (!other.equals(portOption)) {
        arguments.addAll(List.of(other, "0"));
      }
    }
    assertEquals(CommandLine.ExitCode.SOFTWARE, run(arguments.toArray(String[]::new)));
    assertEquals(1, err.toString().lines().count(), err.toString());
    return err.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--data-dir",
        "--host",
        "--sql-port",
        "--internal-sql-port",
        "--http-port",
        "--zones",
        "--runtime",
        "--config",
        "--insecure"
      })
  void helpExplainsEveryOption(String option) {
    assertEquals(CommandLine.ExitCode.OK, run("start", "--help"));
    // In the list of options: at the beginning of a line, where the synopsis has brackets.
    Pattern explained = Pattern.compile("(?m)^\\s+" + option + "(=\\S+)?\\s+\\w+ \\w+");
    assertTrue(explained.matcher(out.toString()).find(), out.toString());
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
