package org.hinomi.scale;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The shape of the job: it brings tuples to the kernel and results away, and asks no clock. */
class ScaleArchitectureTest {
    private static final JavaClasses JOB = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hinomi");

    @Test
    void theJobKnowsTheKernelAndTheFormOfBatchesAndNothingOfTheProgram() {
        assertThat(JOB.contain(Main.class)).isTrue();
        assertThat(JOB.contain("org.hinomi.wire.batch.BatchReader")).isTrue();
        assertThat(JOB.stream().map(type -> type.getPackageName()).distinct())
                .noneMatch(name -> name.startsWith("org.hinomi.observatory"));
        noClasses()
                .that()
                .resideInAnyPackage("org.hinomi.kernel..", "org.hinomi.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hinomi.scale..", "org.apache.flink..", "org.apache.kafka..", "java.sql..")
                .check(JOB);
    }

    @Test
    void databasesStayWithTheResults() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.hinomi.scale.result..")
                .and()
                .doNotHaveFullyQualifiedName("org.hinomi.scale.Outside")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(JOB);
    }

    @Test
    void timeIsThatOfTheBatches() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(JOB);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("org.hinomi.(**)").should().beFreeOfCycles().check(JOB);
    }
}
