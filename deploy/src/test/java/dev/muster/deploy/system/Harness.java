package dev.muster.deploy.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Makes Musters for a test and ends them, with all that they started, when the test is over:
 * registered ({@link RegisterExtension}) in a field of an instance, after each test; in a static
 * field, after the last one of the class.
 *
 * <p>When a test failed it prints what the Musters had to say.
 */
final class Harness implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final List<RunningMuster> started = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();
  private boolean forWholeClass;

  MusterBuilder aMuster() {
    return new MusterBuilder(this);
  }

  /** A new, empty folder that goes when the Musters go. */
  Path folder() {
    Path folder = Folders.create("muster-system-test");
    folders.add(folder);
    return folder;
  }

  void register(RunningMuster muster) {
    started.add(muster);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forWholeClass = true;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(
            failure -> {
              System.err.println("--- " + context.getDisplayName() + " failed: " + failure);
              started.forEach(muster -> System.err.println(muster.story()));
            });
    if (!forWholeClass) {
      end();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end();
  }

  private void end() {
    List<AssertionError> problems = new ArrayList<>();
    for (RunningMuster muster : started.reversed()) {
      try {
        muster.end();
      } catch (AssertionError problem) {
        problems.add(problem);
      }
    }
    started.clear();
    folders.forEach(Folders::delete);
    folders.clear();
    if (!problems.isEmpty()) {
      throw problems.getFirst();
    }
  }
}
