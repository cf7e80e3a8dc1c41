package dev.muster.deploy.bench;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The frame of every benchmark: options, workshop, one line for what goes wrong. */
abstract class Benchmark implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private BenchOptions options;

  /** Measures, and prints as it goes. */
  abstract void measure(Workshop workshop, BenchOptions given, PrintWriter out);

  @Override
  public final Integer call() {
    if (!options.mistake().isEmpty()) {
      throw new ParameterException(spec.commandLine(), options.mistake());
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Workshop workshop = Workshop.open(options.directory())) {
      out.println("## muster " + spec.parent().name() + " " + spec.name());
      out.println();
      out.println(Machine.describe(workshop.directory()));
      out.flush();
      measure(workshop, options, out);
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (BenchException expected) {
      out.flush();
      spec.commandLine().getErr().println("muster: " + expected.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
