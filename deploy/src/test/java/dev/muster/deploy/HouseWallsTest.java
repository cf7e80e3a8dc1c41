package dev.muster.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.muster.journal.state.ClusterRegistry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The house's walls, as DESIGN draws them. */
@AnalyzeClasses(packages = "dev.muster", importOptions = ImportOption.DoNotIncludeTests.class)
final class HouseWallsTest {
  private static final String[] PURE = {
    "dev.muster.journal.event..",
    "dev.muster.journal.state..",
    "dev.muster.api.command..",
    "dev.muster.api.error..",
    "dev.muster.api.type..",
    "dev.muster.api.sql.tree..",
    "dev.muster.actors.cluster..",
    "dev.muster.actors.decision..",
    "dev.muster.actors.environment..",
    "dev.muster.actors.explain..",
    "dev.muster.actors.reconcile..",
    "dev.muster.actors.placement..",
  };

  @ArchTest
  static final ArchRule kubernetesIsSpokenToInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.muster.actors.runtime.kubernetes..", "dev.muster.actors.replica..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..");

  @ArchTest
  static final ArchRule nothingImportsUpward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("journal")
          .definedBy("dev.muster.journal..")
          .layer("api")
          .definedBy("dev.muster.api..")
          .layer("actors")
          .definedBy("dev.muster.actors..")
          .layer("deploy")
          .definedBy("dev.muster.deploy..")
          .whereLayer("deploy")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("actors")
          .mayOnlyBeAccessedByLayers("deploy")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("actors", "deploy");

  @ArchTest
  static final ArchRule purePackagesTouchNoMachinery =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.pekko..",
                  "java.io..",
                  "java.nio..",
                  "java.net..",
                  "java.sql..",
                  "javax.sql.."));

  @ArchTest
  static final ArchRule decidersTouchNoMachinery =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Decider")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.pekko..", "java.io..", "java.nio..", "java.net..", "java.sql.."));

  @ArchTest
  static final ArchRule purePackagesAreHandedTheirTimeAndChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .or()
          .haveSimpleNameEndingWith("Decider")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class);

  @ArchTest
  static final ArchRule onlyEvolveAndTheCodecMakeState =
      noClasses()
          .that(resideOutside("dev.muster.journal.state", "dev.muster.journal.codec"))
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "the owner is a state",
                  call ->
                      call.getTargetOwner().isEquivalentTo(ClusterState.Live.class)
                          || call.getTargetOwner().isEquivalentTo(ClusterState.Dropped.class)
                          || call.getTargetOwner().isEquivalentTo(EnvironmentState.class)
                          || call.getTargetOwner().isEquivalentTo(ClusterRegistry.class)));

  @ArchTest
  static final ArchRule theMessageApiAndTheFrontDoorsKnowNoActors =
      noClasses()
          .that()
          .resideInAPackage("dev.muster.api..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.pekko.."));

  @ArchTest
  static final ArchRule theEngineStaysBehindItsDoor =
      noClasses()
          .that(
              resideOutside(
                  "dev.muster.api.catalog.engine",
                  "dev.muster.replicad",
                  "dev.muster.deploy.workload"))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.duckdb.."));

  @ArchTest
  static final ArchRule theMetricsLibraryStaysInOnePackage =
      noClasses()
          .that(resideOutside("dev.muster.api.metrics"))
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.prometheus.."));

  @ArchTest
  static final ArchRule theBundledWorkloadStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.muster.replicad..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.muster.journal..",
                  "dev.muster.api..",
                  "dev.muster.actors..",
                  "dev.muster.deploy.."));

  @ArchTest
  static final ArchRule exceptionsSayWhatTheyAre =
      classes()
          .that()
          .areAssignableTo(Throwable.class)
          .should()
          .haveSimpleNameEndingWith("Exception");

  private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
    return DescribedPredicate.describe(
        "reside outside " + String.join(", ", packages),
        type -> {
          for (String name : packages) {
            if (type.getPackageName().equals(name)
                || type.getPackageName().startsWith(name + ".")) {
              return false;
            }
          }
          return true;
        });
  }
}
