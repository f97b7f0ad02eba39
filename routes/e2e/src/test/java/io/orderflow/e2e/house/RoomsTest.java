package io.orderflow.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.orderflow.e2e.house.BoundariesTest.PRODUCT;
import static io.orderflow.e2e.house.BoundariesTest.SERVICES;
import static io.orderflow.e2e.house.BoundariesTest.fails;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.orderflow.e2e.planted.egg.PlantedEgg;
import io.orderflow.e2e.planted.hen.PlantedHen;
import io.orderflow.e2e.planted.messaging.PlantedDoor;
import io.orderflow.e2e.planted.messaging.relay.PlantedRelay;
import io.orderflow.e2e.planted.orders.PlantedIntruder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Within a module: no circles, and a door through which others come in. Each rule is seen to fail. */
class RoomsTest {

    /** Those of this class path. */
    static Stream<String> modules() {
        return PRODUCT.stream()
                .map(type -> type.getPackageName().split("\\."))
                .filter(name -> name.length > 2)
                .map(name -> name[2])
                .distinct()
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noPackageOrClassOfAModuleIsInACircle(String module) {
        roundlessPackages("io.orderflow." + module).check(PRODUCT);
        roundlessClasses("io.orderflow." + module).check(PRODUCT);
    }

    /** Those that are not on this class path, so that they are compiled here. */
    static Stream<String> compiledHere() {
        return Stream.of("bench", "local");
    }

    /** Those whose libraries are none of ours, so that they look at themselves, in a test of this name. */
    private static final Map<String, String> LOOK_AT_THEMSELVES = Map.of("peers", "PeersRoomsTest");

    @Test
    void eachModuleIsLookedAt() {
        LOOK_AT_THEMSELVES.forEach((module, test) -> assertThat(
                        Text.below(Text.ROOT.resolve("routes/" + module + "/src/test/java"), test + ".java"))
                .as(test)
                .hasSize(1));
        assertThat(Stream.of(modules(), compiledHere(), LOOK_AT_THEMSELVES.keySet().stream())
                        .flatMap(names -> names))
                .containsExactlyInAnyOrderElementsOf(Text.below(Text.ROOT, "pom.xml").stream()
                        .filter(pom -> pom.path().getNameCount() <= 3)
                        .map(pom -> Text.ROOT.resolve(pom.path()).resolveSibling("src/main/java"))
                        .filter(Files::isDirectory)
                        .map(sources -> sources.getParent()
                                .getParent()
                                .getParent()
                                .getFileName()
                                .toString())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("compiledHere")
    void norOfAModuleThatRunsTheServices(String module, @TempDir Path folder) {
        var sources = Text.below(Text.ROOT.resolve("routes/" + module + "/src/main/java"), ".java").stream()
                .map(source ->
                        Text.ROOT.resolve("routes/" + module + "/src/main/java").resolve(source.path()))
                .map(Path::toString);
        var options = Stream.of(
                "-nowarn", "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, Stream.concat(options, sources).toArray(String[]::new));
        assertThat(exit).as("sources of " + module + " compile").isZero();
        var classes = new ClassFileImporter().importPath(folder);
        roundlessPackages("io.orderflow." + module).check(classes);
        roundlessClasses("io.orderflow." + module).check(classes);
    }

    @Test
    void circlesAreFound() {
        fails(roundlessPackages("io.orderflow.e2e.planted"), PlantedHen.class, PlantedEgg.class);
        fails(roundlessClasses("io.orderflow.e2e.planted"), PlantedHen.class, PlantedEgg.class);
    }

    private static ArchRule roundlessPackages(String module) {
        return slices().assignedFrom(by(module, JavaClass::getPackageName))
                .should()
                .beFreeOfCycles();
    }

    /** A class with those inside it is one. */
    private static ArchRule roundlessClasses(String module) {
        return slices().assignedFrom(by(module, type -> type.getName().replaceFirst("\\$.*", "")))
                .should()
                .beFreeOfCycles();
    }

    private static SliceAssignment by(String module, Function<JavaClass, String> name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                boolean inside = (type.getPackageName() + ".").startsWith(module + ".");
                return inside ? SliceIdentifier.of(name.apply(type)) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "parts of " + module;
            }
        };
    }

    @Test
    void servicesComeInThroughTheDoors() {
        onlyTheDoors("io.orderflow.").check(PRODUCT);
        fails(onlyTheDoors("io.orderflow.e2e.planted."), PlantedIntruder.class);
    }

    private static ArchRule onlyTheDoors(String services) {
        var theirs = SERVICES.stream().map(service -> services + service + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(theirs)
                .should()
                .dependOnClassesThat(roomsOf("io.orderflow.messaging").or(roomsOf("io.orderflow.http")));
    }

    @Test
    void theAppSeesAlsoWhatPutsThemTogether() {
        appSeesOnly("io.orderflow.app..", "assembly", "schema").check(PRODUCT);
        fails(appSeesOnly("io.orderflow.e2e.planted..", "assembly", "schema"), PlantedIntruder.class);
    }

    private static ArchRule appSeesOnly(String app, String... open) {
        return noClasses()
                .that()
                .resideInAPackage(app)
                .should()
                .dependOnClassesThat(roomsOf("io.orderflow.messaging", open).or(roomsOf("io.orderflow.http", open)));
    }

    @Test
    void theDoorKnowsNoRoom() {
        Stream.of("io.orderflow.messaging", "io.orderflow.http")
                .forEach(door -> knowsNoRoom(door).check(PRODUCT));
        fails(knowsNoRoom("io.orderflow.e2e.planted.messaging"), PlantedDoor.class, PlantedRelay.class);
    }

    private static ArchRule knowsNoRoom(String door) {
        return noClasses().that(resideInAPackage(door)).should().dependOnClassesThat(roomsOf(door));
    }

    /** @param open those of them that are no secret */
    private static DescribedPredicate<JavaClass> roomsOf(String door, String... open) {
        return describe(
                "are in a room of " + door,
                type -> type.getPackageName().startsWith(door + ".")
                        && !List.of(open).contains(type.getPackageName().substring(door.length() + 1)));
    }
}
