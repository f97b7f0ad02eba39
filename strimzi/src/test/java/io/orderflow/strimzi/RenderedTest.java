package io.orderflow.strimzi;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed resources say what the declaration says, and a cluster would take each of them. */
class RenderedTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
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
                .containsExactlyInAnyOrderEntriesOf(Rendered.files(Topology.ORDERFLOW, Shape.DEFAULT));
    }

    @Test
    void theCommittedTableNamesEveryRightAndNoOther() throws IOException {
        assertThat(differences(committedRights(), rights(Topology.ORDERFLOW))).isEmpty();
    }

    @Test
    void aChangeOfTheDeclarationIsNamedByRoleTopicAndOperation() throws IOException {
        var loyalty = new Role("loyalty");
        var more = Topology.ORDERFLOW.with(
                Topology.ORDER_EVENTS, channel -> channel.readBy(loyalty, OrderCancelled.class));

        assertThat(differences(committedRights(), rights(more)))
                .containsExactly(
                        "missing: loyalty topic order_events Read",
                        "missing: loyalty topic order_events Describe",
                        "missing: loyalty topic dead_letters Write",
                        "missing: loyalty topic dead_letters Describe",
                        "missing: loyalty group loyalty Read");
        assertThat(differences(rights(more), committedRights()))
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

    private static List<String> committedRights() throws IOException {
        var table = Files.readString(ROOT.resolve(Rendered.RIGHTS));
        return Arrays.stream(table.substring(table.indexOf("```text\n") + 8, table.lastIndexOf("```"))
                        .split("\n"))
                .toList();
    }

    private static List<String> rights(Topology topology) {
        return topology.rights().stream()
                .flatMap(right -> right.lines().stream())
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
