package dev.muster.deploy;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the Muster of a data directory listens, as its file {@code addresses} says: for whoever is
 * on the same machine and was not told, since ports may be any that were free.
 *
 * @param process the Muster's
 */
public record NodeAddresses(
    RunningProcess process,
    InetSocketAddress sql,
    InetSocketAddress internalSql,
    InetSocketAddress http) {
  private static final String FILE = "addresses";

  /** From now on it is found. */
  void write(Path dataDirectory) throws IOException {
    String text =
        """
        pid=%d
        started=%s
        sql=%s
        internal-sql=%s
        http=%s
        """
            .formatted(
                process.pid(),
                process.startedAt(),
                HostAndPort.of(sql).text(),
                HostAndPort.of(internalSql).text(),
                HostAndPort.of(http).text());
    DurableFile.write(dataDirectory.resolve(FILE), text);
  }

  /** Of the Muster that runs on the data directory; empty where none does. */
  public static Optional<NodeAddresses> find(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
      return Optional.of(
              new NodeAddresses(
                  new RunningProcess(
                      Long.parseLong(properties.getProperty("pid", "")),
                      properties.getProperty("started", "")),
                  address(properties, "sql"),
                  address(properties, "internal-sql"),
                  address(properties, "http")))
          .filter(addresses -> addresses.process().process().isPresent());
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new StartupException(file + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static InetSocketAddress address(Properties properties, String name) {
    HostAndPort parsed = HostAndPort.parse(properties.getProperty(name, ""));
    return new InetSocketAddress(parsed.host(), parsed.port());
  }
}
