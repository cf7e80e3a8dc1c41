package dev.muster.deploy;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The native libraries of the drivers, which the build unpacks beside the jars. Otherwise each
 * process unpacks its own copies into the temporary folder at its start, and leaves them there when
 * it is killed. DuckDB's driver looks beside its jar by itself; SQLite's has to be told.
 */
final class NativeLibraries {
  private static final String SQLITE_FOLDER = "org.sqlite.lib.path";

  private NativeLibraries() {}

  /**
   * To be called before a driver is used. Where nothing is unpacked, as under a test, or where the
   * user says another place, nothing changes.
   */
  static void useUnpacked() {
    Path folder = ownCode().toAbsolutePath().getParent();
    if (System.getProperty(SQLITE_FOLDER) == null
        && Files.exists(folder.resolve(System.mapLibraryName("sqlitejdbc")))) {
      System.setProperty(SQLITE_FOLDER, folder.toString());
    }
  }

  private static Path ownCode() {
    try {
      return Path.of(
          NativeLibraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
