package io.orderflow.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.planted.PlantedClock;
import io.orderflow.e2e.planted.PlantedDecisions;
import io.orderflow.e2e.planted.PlantedFlow;
import io.orderflow.e2e.planted.PlantedReader;
import io.orderflow.e2e.planted.PlantedSleeper;
import io.orderflow.e2e.planted.orders.PlantedNeighbour;
import io.orderflow.e2e.shop.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.api.Test;

/** What the modules cannot say about the boundaries. Each rule is seen to fail, on a class that is planted for it. */
class BoundariesTest {

    static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("io.orderflow");

    /** The backbone's route configuration; every other builder is a service's routes or its API. */
    private static final Set<String> BUILDERS_OF_THE_BACKBONE =
            Set.of("io.orderflow.messaging.assembly.MessagingModule$1");

    static final List<String> SERVICES =
            Topology.WITH_CONSOLE.roles().stream().map(Role::name).toList();

    @Test
    void noServiceKnowsAnother() {
        SERVICES.forEach(service -> knowsNoNeighbour("io.orderflow.", service).check(PRODUCT));
        fails(knowsNoNeighbour("io.orderflow.e2e.planted.", "orders"), PlantedNeighbour.class);
    }

    private static ArchRule knowsNoNeighbour(String services, String service) {
        return noClasses()
                .that()
                .resideInAPackage(services + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES.stream()
                        .filter(other -> !other.equals(service))
                        .map(other -> services + other + "..")
                        .toArray(String[]::new));
    }

    @Test
    void theContractsDependOnNothing() {
        dependsOnNothing("io.orderflow.contracts..").check(PRODUCT);
        fails(dependsOnNothing("io.orderflow.e2e.planted.."), PlantedFlow.class);
    }

    private static ArchRule dependsOnNothing(String module) {
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(module, "java..");
    }

    /** So that any service may use it, and whoever calls a company needs no backbone for it. */
    @Test
    void callsToTheOutsideKnowNoneOfOurs() {
        knowsNoneOfOurs("io.orderflow.outside..").check(PRODUCT);
        fails(knowsNoneOfOurs("io.orderflow.e2e.planted.orders.."), PlantedNeighbour.class);
    }

    private static ArchRule knowsNoneOfOurs(String module) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.orderflow..").and(DescribedPredicate.not(resideInAPackage(module))));
    }

    @Test
    void decisionsKnowNeitherCamelNorSpring() {
        decisionsArePure().check(PRODUCT);
        fails(decisionsArePure(), PlantedDecisions.class);
    }

    private static ArchRule decisionsArePure() {
        return noClasses()
                .that(simpleNameEndingWith("Decisions")
                        .or(simpleNameEndingWith("Decision"))
                        .or(records()))
                .and(inAService())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel..", "org.springframework..", "org.apache.kafka..");
    }

    /** Records are the domain's nouns, apart from those that bind settings, name endpoints or read requests. */
    private static DescribedPredicate<JavaClass> records() {
        return describe(
                "are records of the domain",
                type -> type.isRecord()
                        && type.isTopLevelClass()
                        && !type.getSimpleName().matches(".*(Settings|Channels|Queries|Page|Query|Change)"));
    }

    private static DescribedPredicate<JavaClass> inAService() {
        return describe(
                "are in a service",
                type -> SERVICES.stream()
                                .anyMatch(service -> type.getPackageName().equals("io.orderflow." + service))
                        || type.getPackageName().startsWith("io.orderflow.e2e.planted"));
    }

    /** The other one's limits are not ours, and it sits on the class path for Spring and Flyway alone. */
    @Test
    void oneJacksonReadsAndWrites() {
        oneJackson().check(PRODUCT);
        fails(oneJackson(), PlantedReader.class);
    }

    private static ArchRule oneJackson() {
        return noClasses().should().dependOnClassesThat().resideInAnyPackage("tools.jackson..");
    }

    @Test
    void onlyRoutesAndApisBuildRoutes() {
        onlyRoutesAndApis().check(PRODUCT);
        fails(onlyRoutesAndApis(), PlantedFlow.class);
    }

    private static ArchRule onlyRoutesAndApis() {
        return classes()
                .that()
                .areAssignableTo(RouteBuilder.class)
                .and(describe(
                        "are none of the backbone's own", type -> !BUILDERS_OF_THE_BACKBONE.contains(type.getName())))
                .should()
                .haveSimpleNameEndingWith("Routes")
                .orShould()
                .haveSimpleNameEndingWith("Api");
    }

    @Test
    void nobodyUsesCamelsOwnTransactions() {
        noTransacted().check(PRODUCT);
        fails(noTransacted(), PlantedFlow.class);
    }

    private static ArchRule noTransacted() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "transacted() of a route",
                        call -> call.getTarget().getName().equals("transacted")
                                && call.getTargetOwner().isAssignableTo(ProcessorDefinition.class)));
    }

    @Test
    void onlyTheBackboneNamesKafka() throws IOException {
        assertThat(sources("src/main/java")
                        .filter(source -> source.text().contains("\"kafka:"))
                        .map(Source::module))
                .containsOnly("messaging");
        noKafkaElsewhere().check(PRODUCT);
        fails(noKafkaElsewhere(), Journal.class);
    }

    private static ArchRule noKafkaElsewhere() {
        return noClasses()
                .that(resideInAPackage("io.orderflow..")
                        .and(DescribedPredicate.not(resideInAPackage("io.orderflow.messaging..")))
                        .and(DescribedPredicate.not(resideInAPackage("io.orderflow.testkit..")))
                        .and(DescribedPredicate.not(resideInAPackage("io.orderflow.local.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.camel.component.kafka..");
    }

    /** What is old, due or held goes by the database's clock; events are dated by the one that is handed in. */
    @Test
    void nobodyAsksTheWallClock() {
        noWallClock().check(PRODUCT);
        fails(noWallClock(), PlantedClock.class);
    }

    private static ArchRule noWallClock() {
        return noClasses()
                .that()
                .resideInAnyPackage(Stream.concat(SERVICES.stream(), Stream.of("messaging", "http", "e2e.planted"))
                        .map(module -> "io.orderflow." + module + "..")
                        .toArray(String[]::new))
                .and(describe("make no clock", type -> !type.getSimpleName().equals("MessagingModule")))
                // A clock that is wrong only lets rows be read again.
                .and(describe(
                        "do not notice a sleep", type -> !type.getSimpleName().equals("ReadAt")))
                // Tomcat says by the wall clock when it last read; a jump makes room too early or too late, once.
                .and(describe(
                        "do not rank connections", type -> !type.getSimpleName().equals("EdgeEndpoint")))
                .should()
                .callMethodWhere(describe(
                        "the wall clock",
                        call -> call.getTargetOwner().getPackageName().equals("java.time")
                                        && call.getTarget().getName().matches("now|system.*")
                                || call.getTarget().getName().equals("currentTimeMillis")));
    }

    @Test
    void noTestSleeps() {
        var tests = new ClassFileImporter()
                .withImportOption(location -> location.contains("test-classes") || location.contains("-tests.jar"))
                .withImportOption(location -> !location.contains("/planted/"))
                .importPackages("io.orderflow");
        noSleeps().check(tests);
        fails(noSleeps(), PlantedSleeper.class);
    }

    /** The tests of the other modules are not on this class path; their sources are. */
    @Test
    void noTestOfAnyModuleSleepsOrWaitsForAFixedTime() throws IOException {
        var sleep =
                Pattern.compile("(Thread|[A-Z]+S)\\.sleep\\(|LockSupport\\.park|\\.pollDelay\\((?!Duration\\.ZERO\\))");

        assertThat(sources("src/test/java")
                        .filter(source -> sleep.matcher(source.text()).find())
                        .map(source -> source.path().getFileName().toString()))
                .as("nobody but the one that is planted")
                .containsExactly("PlantedSleeper.java");
    }

    private static ArchRule noSleeps() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "a sleep",
                        call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                        && call.getTarget().getName().equals("sleep")
                                || call.getTargetOwner().isEquivalentTo(TimeUnit.class)
                                        && call.getTarget().getName().equals("sleep")
                                || call.getTargetOwner().isEquivalentTo(LockSupport.class)
                                        && call.getTarget().getName().startsWith("park")));
    }

    static void fails(ArchRule rule, Class<?>... planted) {
        var classes = new ClassFileImporter().importClasses(planted);
        assertThatThrownBy(() -> rule.check(classes)).as(rule.getDescription()).isInstanceOf(AssertionError.class);
    }

    private record Source(String module, Path path, String text) {}

    private static Stream<Source> sources(String folder) throws IOException {
        var routes = Path.of("").toAbsolutePath().getParent();
        var found = new TreeSet<Path>();
        try (var modules = Files.list(routes)) {
            for (var module : modules.toList()) {
                if (Files.isDirectory(module.resolve(folder))) {
                    try (var files = Files.walk(module.resolve(folder))) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                    }
                }
            }
        }
        assertThat(found).as("sources under " + routes).isNotEmpty();
        return found.stream()
                .map(file -> new Source(routes.relativize(file).getName(0).toString(), file, read(file)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
