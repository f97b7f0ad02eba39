package io.orderflow.strimzi;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed resources say what the declaration says, and a cluster would take each of them. */
class RenderedTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("```text\n(.*?)\n```", Pattern.DOTALL);
    private static Schemas schemas;

    @BeforeAll
    static void generateSchemas() throws Exception {
        schemas = new Schemas(Path.of(""));
    }

    @Test
    void whatIsCommittedIsWhatTheDeclarationGives() throws IOException {
        Map<Path, String> committed = new HashMap<>();
        for (var file : Rendered.committed(ROOT)) {
            committed.put(ROOT.relativize(file), Files.readString(file));
        }
        committed.put(Rendered.RIGHTS, Files.readString(ROOT.resolve(Rendered.RIGHTS)));

        assertThat(committed)
                .as("mend it with: make render")
                .containsExactlyInAnyOrderEntriesOf(Rendered.files(Shape.DEFAULT));
    }

    @Test
    void theCommittedTableNamesEveryRightAndNoOther() throws IOException {
        assertThat(committedRights()).hasSize(2);
        assertThat(differences(committedRights().getFirst(), Rendered.lines(Topology.ORDERFLOW)))
                .isEmpty();
        assertThat(differences(
                        committedRights().stream().flatMap(List::stream).toList(),
                        Rendered.lines(Topology.WITH_CONSOLE)))
                .isEmpty();
    }

    /** Who does not install it has no user more, and nobody more before the brokers. */
    @Test
    void onlyWhatConsoleMakesOtherwiseStandsBeside() throws IOException {
        var beside = Rendered.committed(ROOT).stream()
                .filter(file -> file.startsWith(ROOT.resolve(Rendered.CONSOLE)))
                .toList();
        assertThat(beside)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("kafka-orderflow.yaml", "kafkauser-console.yaml", "kafkauser-scaler.yaml");
        assertThat(Rendered.committed(ROOT))
                .filteredOn(file -> !beside.contains(file))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).content().doesNotContain("console"));
    }

    @Test
    void aChangeOfTheDeclarationIsNamedByRoleTopicAndOperation() throws IOException {
        var loyalty = new Role("loyalty");
        var more = Topology.ORDERFLOW.with(
                Topology.ORDER_EVENTS, channel -> channel.readBy(loyalty, OrderCancelled.class));

        assertThat(differences(committedRights().getFirst(), Rendered.lines(more)))
                .containsExactly(
                        "missing: loyalty topic order_events Read",
                        "missing: loyalty topic order_events Describe",
                        "missing: loyalty topic dead_letters Write",
                        "missing: loyalty topic dead_letters Describe",
                        "missing: loyalty group loyalty Read");
        assertThat(differences(Rendered.lines(more), committedRights().getFirst()))
                .contains("granted without need: loyalty topic order_events Read");
    }

    static Stream<Path> committed() throws IOException {
        return Rendered.committed(ROOT).stream();
    }

    @ParameterizedTest
    @MethodSource("committed")
    void aClusterWouldTakeIt(Path file) throws IOException {
        assertThat(schemas.mistakes(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kafkatopic-order-events.yaml,     partitions: 12,               partitons: 12,             partitons",
        "kafkatopic-order-events.yaml,     partitions: 12,               partitions: \"12\",        integer",
        "kafkatopic-order-events.yaml,     replicas: 3,                  replicas: 0,               minimum",
        "kafkatopic-order-events.yaml,     kafka.strimzi.io/v1,          kafka.strimzi.io/v1beta2,  v1beta2",
        "kafkauser-payments.yaml,          - \"Write\",                  - \"Wirte\",               enumeration",
        "kafkauser-payments.yaml,          type: \"tls\",                type: \"mtls\",            enumeration",
        "kafkanodepool-broker.yaml,        - \"broker\",                 - \"brokr\",               enumeration",
        "kafka-orderflow.yaml,             listeners:,                   listener:,                 listener",
    })
    void aPlantedMistakeIsCaught(String file, String right, String wrong, String named) throws IOException {
        var yaml = Files.readString(ROOT.resolve(Rendered.FOLDER).resolve(file));
        assertThat(yaml).contains(right);

        assertThat(String.join("\n", schemas.mistakes(yaml.replace(right, wrong))))
                .contains(named);
    }

    /** Those of everybody's installation, and those that console has besides. */
    private static List<List<String>> committedRights() throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve(Rendered.RIGHTS)))
                .results()
                .map(block -> List.of(block.group(1).split("\n")))
                .toList();
    }

    private static List<String> differences(List<String> granted, List<String> needed) {
        var differences = new ArrayList<String>();
        needed.stream()
                .filter(right -> !granted.contains(right))
                .forEach(right -> differences.add("missing: " + right));
        granted.stream()
                .filter(right -> !needed.contains(right))
                .forEach(right -> differences.add("granted without need: " + right));
        return differences;
    }
}
