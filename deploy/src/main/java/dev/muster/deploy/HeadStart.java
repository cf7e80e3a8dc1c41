package dev.muster.deploy;

import com.typesafe.config.ConfigFactory;

/**
 * What a node needs a while after it was asked to start, and what takes long to load, is loaded on
 * threads of its own from the beginning. Whoever needs it first waits for it; nothing else does,
 * and a failure shows where it is needed.
 */
final class HeadStart {
  private HeadStart() {}

  static void begin() {
    begin("muster-load-settings", ConfigFactory::defaultReference);
    begin("muster-load-catalog", HeadStart::loadCatalogEngine);
  }

  private static void begin(String name, Runnable load) {
    Thread thread = new Thread(load, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, shownLater) -> {});
    thread.start();
  }

  /** Its driver loads the native library, 72 MB, when its class is initialized. */
  private static void loadCatalogEngine() {
    try {
      Class.forName("org.duckdb.DuckDBDriver");
      Class.forName("org.duckdb.DuckDBNative");
    } catch (ClassNotFoundException shownLater) {
      throw new LinkageError("the catalog's engine is not there", shownLater);
    }
  }
}
