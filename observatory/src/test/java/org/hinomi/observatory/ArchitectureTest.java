package org.hinomi.observatory;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the program: who may use whom, who may touch files, clocks and databases, and how large a file gets. */
class ArchitectureTest {
    private static final String ROOT = "org.hinomi.observatory.";

    /** Packages that watch, decide or act; they meet in the kernel's types, not in one another. */
    private static final List<String> FEATURES = List.of(
            "telescope",
            "detect",
            "alert",
            "campaign",
            "respond",
            "exchange",
            "guard",
            "decoy",
            "gateway",
            "survey",
            "label",
            "range",
            "wifi",
            "lab",
            "incidents");

    private static final Set<String> EMPTY_NAMES =
            Set.of("util", "utils", "common", "impl", "manager", "helper", "base");
    private static final int LONGEST_FILE = 300;

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hinomi");

    private static String[] within(String... packages) {
        return Stream.of(packages).map(name -> ROOT + name + "..").toArray(String[]::new);
    }

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(PROGRAM.contain(Main.class)).isTrue();
        assertThat(PROGRAM.contain("org.hinomi.kernel.packet.PacketDecoder")).isTrue();
        assertThat(PROGRAM.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void theKernelKnowsNothingOfTheProgram() {
        noClasses()
                .that()
                .resideInAPackage("org.hinomi.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hinomi.observatory..", "org.hinomi.bench..")
                .check(PROGRAM);
    }

    /** A state may be written to whatever takes numbers, and read from it; what that is, the kernel does not know. */
    @Test
    void theKernelTouchesNoFileNetworkThreadClockOrLogger() {
        noClasses()
                .that()
                .resideInAPackage("org.hinomi.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.sql..",
                        "java.util.concurrent..",
                        "java.util.logging..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        .and(not(belongToAnyOf(DataInput.class, DataOutput.class, IOException.class))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Clock.class, InstantSource.class)
                .check(PROGRAM);
        noSystemClock("org.hinomi.kernel..");
    }

    @Test
    void timeComesFromTheClockThatIsGiven() {
        noSystemClock("org.hinomi..");
    }

    /** Durations may be measured with {@code nanoTime}; the time of day comes from the clock that a command makes. */
    private static void noSystemClock(String packages) {
        noClasses()
                .that()
                .resideInAPackage(packages)
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "cli.RunCommand")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "cli.BackupCommand")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "cli.SensorCommand")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "cli.DetectCommand")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .check(PROGRAM);
    }

    @Test
    void databasesStayInTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb..", "org.duckdb..")
                .check(PROGRAM);
    }

    @Test
    void theHttpLibraryStaysInTheWebPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(PROGRAM);
    }

    @Test
    void foundationsKnowNoFeatureAndNoCommand() {
        noClasses()
                .that()
                .resideInAnyPackage(within("store", "geo", "web", "capture"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(within(FEATURES.toArray(String[]::new)))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "cli..")
                .check(PROGRAM);
    }

    @Test
    void featuresDoNotUseOneAnotherOrTheCommands() {
        for (String feature : FEATURES) {
            String[] others = within(
                    FEATURES.stream().filter(other -> !other.equals(feature)).toArray(String[]::new));
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + feature + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "cli..")
                    .allowEmptyShould(true)
                    .check(PROGRAM);
        }
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("org.hinomi.(**)").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void publicTypesOfTheKernelAreFinalUnlessMeantToBeImplemented() {
        classes()
                .that(not(resideInAnyPackage("org.hinomi.kernel.synthetic")))
                .and()
                .resideInAPackage("org.hinomi.kernel..")
                .and()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(PROGRAM);
    }

    @Test
    void noPackageOrTypeHasANameThatSaysNothing() {
        Set<String> found = new TreeSet<>();
        PROGRAM.forEach(type -> {
            Stream.of(type.getPackageName().split("\\."))
                    .filter(EMPTY_NAMES::contains)
                    .forEach(found::add);
            EMPTY_NAMES.stream()
                    .filter(name -> type.getSimpleName()
                            .toLowerCase(java.util.Locale.ROOT)
                            .endsWith(name))
                    .forEach(name -> found.add(type.getFullName()));
        });
        assertThat(found).isEmpty();
    }

    @Test
    void sourceFilesAreShort() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines >= LONGEST_FILE && file.toString().contains("/src/main/")) {
                found.add(file + ": " + lines + " lines");
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndThatNothingIsNull() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            Path info = file.resolveSibling("package-info.java");
            if (file.toString().contains("/src/main/java/org/hinomi")) {
                boolean told = Files.exists(info)
                        && Files.readString(info).contains("@NullMarked")
                        && Files.readString(info).startsWith("/**");
                if (!told) {
                    found.add(info.toString());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("..").toRealPath();
        assertThat(root.resolve("pom.xml")).exists();
        try (Stream<Path> files = Files.walk(root, 12)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> f.toString().contains("/src/"))
                    .filter(f -> !f.toString().contains("/node_modules/")
                            && !f.toString().contains("/target/"))
                    .toList();
        }
    }
}
