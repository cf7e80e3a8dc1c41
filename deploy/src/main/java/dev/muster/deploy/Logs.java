package dev.muster.deploy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: a file that rolls over, under the data directory; warnings on standard error
 * besides.
 */
final class Logs {
  private Logs() {}

  /** Log lines go to {@code muster.log} in the folder from now on. */
  static void writeTo(Path folder) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("muster.log.folder", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL configuration = Objects.requireNonNull(Logs.class.getResource("/logback-node.xml"));
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException broken) {
      throw new IllegalStateException("the logging configuration that ships is broken", broken);
    }
  }
}
