package io.orderflow.peers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the contestants are made of: no circles, nothing of ours but what all share, and each its own libraries. */
class PeersRoomsTest {

    private static final JavaClasses PEERS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.orderflow.peers");

    @Test
    void noPackageOrClassIsInACircle() {
        assertThat(PEERS).isNotEmpty();
        slices().assignedFrom(by(JavaClass::getPackageName))
                .should()
                .beFreeOfCycles()
                .check(PEERS);
        slices().assignedFrom(by(type -> type.getName().replaceFirst("\\$.*", "")))
                .should()
                .beFreeOfCycles()
                .check(PEERS);
    }

    private static SliceAssignment by(Function<JavaClass, String> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                boolean ours = type.getPackageName().startsWith("io.orderflow.peers");
                return ours ? SliceIdentifier.of(name.apply(type)) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "parts of the peers";
            }
        };
    }

    @Test
    void nobodyBorrowsFromWhatIsMeasured() {
        var rule = noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.orderflow..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "io.orderflow.peers..", "io.orderflow.contracts..", "io.orderflow.provider.."))));
        rule.check(PEERS);
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(StartedContestant.class)))
                .as("a test, which may use the kit for tests")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theSagaKnowsNoneOfItsPublishers() {
        noClasses()
                .that()
                .resideInAPackage("io.orderflow.peers.saga..")
                .or()
                .resideInAPackage("io.orderflow.peers.usual..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.modulith..", "io.orderflow.peers.registry..")
                .check(PEERS);
    }

    @Test
    void eachHasAClassPathOfItsOwn() throws IOException {
        assertThat(libraries("usual"))
                .anyMatch(jar -> jar.startsWith("spring-kafka-"))
                .noneMatch(jar -> jar.contains("modulith"));
        assertThat(libraries("registry")).anyMatch(jar -> jar.startsWith("spring-modulith-events-jpa-"));
        assertThat(libraries("registry")).noneMatch(jar -> jar.contains("camel"));
    }

    private static Set<String> libraries(String name) throws IOException {
        var path = Files.readString(Path.of("target/classpath-" + name)).strip();
        return Stream.of(path.split(":"))
                .map(jar -> Path.of(jar).getFileName().toString())
                .collect(Collectors.toSet());
    }
}
