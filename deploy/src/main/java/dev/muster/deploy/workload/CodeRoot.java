package dev.muster.deploy.workload;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Where a class comes from, a jar or a directory, as a tree of files.
 *
 * @param source the jar or the directory
 * @param root the top of the tree
 */
record CodeRoot(Path source, Path root, Optional<FileSystem> opened) implements AutoCloseable {
  static CodeRoot of(Class<?> type) throws IOException {
    Path source;
    try {
      source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    if (Files.isDirectory(source)) {
      return new CodeRoot(source, source, Optional.empty());
    }
    FileSystem jar = FileSystems.newFileSystem(source);
    return new CodeRoot(source, jar.getPath("/"), Optional.of(jar));
  }

  /** The files of a folder, in a stable order. */
  List<Path> files(String folder) throws IOException {
    try (var paths = Files.walk(root.resolve(folder))) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  void copy(List<Path> files, JarOutputStream jar) throws IOException {
    for (Path file : files) {
      jar.putNextEntry(new JarEntry(root.relativize(file).toString()));
      Files.copy(file, jar);
      jar.closeEntry();
    }
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
