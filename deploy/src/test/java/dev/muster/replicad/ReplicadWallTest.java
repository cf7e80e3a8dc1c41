package dev.muster.replicad;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A replica knows Muster by the workload contract alone. */
@AnalyzeClasses(
    packages = "dev.muster.replicad",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ReplicadWallTest {
  @ArchTest
  static final ArchRule replicadImportsNothingOfMuster =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.muster..")
                  .and(resideOutsideOfPackage("dev.muster.replicad..")));

  @ArchTest
  static final ArchRule replicadNeedsNoLibraryButTheDriver =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackage("dev.muster.replicad..")
                  .and(resideOutsideOfPackage("org.duckdb.."))
                  .and(resideOutsideOfPackage("java.."))
                  .and(resideOutsideOfPackage("com.sun.net.httpserver..")));
}
