package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Console is installed where it is asked for: a service like the others, which lets itself in at their operators' port
 * and reads their figures; nothing else changes for them.
 */
class ConsoleInstalledTest {

    private static final String ENABLED = "{console: {enabled: true}}";
    private static final Manifests PRODUCTION = Installation.PRODUCTION.with(ENABLED);

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "SMALL", "PRODUCTION", "EXTERNAL_KAFKA", "EXISTING_CLUSTER"})
    void whereNobodyAsksForItThereIsNothingOfIt(Installation installation) {
        assertThat(installation.manifests().text()).doesNotContainIgnoringCase("console");
    }

    @Test
    void itIsAServiceLikeTheOthersAndNothingLeadsToItFromOutside() {
        assertThat(PRODUCTION.all().stream()
                        .filter(one ->
                                one.name().replace("migrate-", "").matches("(shop-orderflow-)?console(-[0-9a-f]+)?"))
                        .map(Manifests.Manifest::kind))
                .containsExactlyInAnyOrder(
                        "NetworkPolicy",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "ServiceAccount",
                        "ConfigMap",
                        "Service",
                        "Deployment",
                        "Job",
                        "KafkaUser");
        assertThat(Installation.EVERYTHING.manifests().of("Ingress", "HTTPRoute"))
                .isNotEmpty()
                .noneMatch(one -> one.content().toString().contains("console"));
    }

    /** An upgrade that brings it restarts nobody but the bundled database, which lets more connections in. */
    @Test
    void nobodyElsesPodsChange() {
        var before = pods(Installation.SMALL);
        assertThat(pods(Installation.SMALL_WITH_CONSOLE)).containsAll(before).hasSize(before.size() + 2);
    }

    private static Set<String> pods(Installation installation) {
        return Pods.in(installation.manifests())
                .filter(pod -> !pod.component().equals("postgresql"))
                .map(pod -> pod.owner().content().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itReachesTheOperatorsPortsAndFiguresOfTheServicesAndThatIsAllThatChanges() {
        var before = new Edges(Installation.PRODUCTION.manifests());
        var edges = new Edges(PRODUCTION);
        var asked = Roles.BY_DEFAULT.names().stream()
                .flatMap(role -> Stream.of("console -> " + role + " 8081", "console -> " + role + " 9876"))
                .toList();
        assertThat(edges.out().stream()
                        .filter(edge ->
                                edge.startsWith("console ") && edges.isOurs(edge.substring("console -> ".length()))))
                .containsExactlyInAnyOrderElementsOf(asked);
        assertThat(edges.in().stream().filter(edge -> edge.contains("console")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                asked.stream(),
                                Stream.of(
                                        "namespace kubernetes.io/metadata.name=operators -> console 8081",
                                        "namespace kubernetes.io/metadata.name=monitoring -> console 9876"))
                        .toList());
        assertThat(withoutConsole(edges.in())).isEqualTo(before.in());
        assertThat(withoutConsole(edges.out())).isEqualTo(before.out());
    }

    private static Set<String> withoutConsole(Set<String> edges) {
        return edges.stream().filter(edge -> !edge.contains("console")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Calls are handed on to these addresses alone. */
    @ParameterizedTest
    @ValueSource(strings = {"everything", "shop-orderflow"})
    void itIsToldWhereTheServicesAre(String prefix) throws IOException {
        var manifests = prefix.equals("everything") ? Installation.EVERYTHING.manifests() : PRODUCTION;
        var settings = settings(manifests, prefix);
        assertThat(settings.path("roles")).hasSameSizeAs(Roles.BY_DEFAULT.names());
        assertThat(settings.path("figures")).hasSameSizeAs(Roles.BY_DEFAULT.names());
        var figures = manifests
                .one("PodMonitor", prefix)
                .at("/spec/podMetricsEndpoints/0/path")
                .asText();
        for (var role : Roles.BY_DEFAULT.names()) {
            var service = "http://" + prefix + "-" + role;
            assertThat(settings.path("roles").path(role).asText()).isEqualTo(service + ":8081");
            assertThat(settings.path("figures").path(role).asText()).isEqualTo(service + ":9876" + figures);
            assertThat(manifests
                            .one("Service", prefix + "-" + role)
                            .at("/spec/ports")
                            .findValuesAsText("port"))
                    .contains("8081", "9876");
        }
    }

    @Test
    void storiesAreKeptAsLongAsOrders() throws IOException {
        for (var days : new String[] {"30 90d", "120 121d"}) {
            var kept = days.split(" ");
            var manifests = Installation.SMALL_WITH_CONSOLE.with("{retention: {contactDays: " + kept[0] + "}}");
            assertThat(settings(manifests, "shop-orderflow").path("retention").asText())
                    .isEqualTo(kept[1]);
            assertThat(manifests
                            .one("ConfigMap", "shop-orderflow-orders")
                            .at("/data/application.yaml")
                            .asText())
                    .contains("order-retention: " + kept[1]);
        }
    }

    private static JsonNode settings(Manifests manifests, String prefix) throws IOException {
        var file = manifests.one("ConfigMap", prefix + "-console").at("/data/application.yaml");
        return new YAMLMapper().readTree(file.asText()).at("/orderflow/console");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEFAULT        | postgresql: {external: {databases: {console: {existingSecret: ''}}}} | postgresql.external.databases.console.existingSecret: missing",
                "DEFAULT        | postgresql: {external: {databases: {console: {migratorSecret: ''}}}} | postgresql.external.databases.console.migratorSecret: missing",
                "DEFAULT        | postgresql: {external: {databases: {console: {existingSecret: console}}}} | console (expected: a Secret of another name; Strimzi",
                "EXTERNAL_KAFKA | kafka: {external: {secrets: {console: ''}}} | kafka.external.secrets.console: missing",
                "DEFAULT        | postgresql: {external: {databases: {console: {connections: 71}}}} | console.connections: 71 (expected: at least 72, 24 of each of 2 pods of console",
                "SMALL          | roles: {console: {replicas: 3}} | postgresql.bundled.connections: 72 (expected: at least 96, 24 of each of 3 pods of console",
                "DEFAULT        | roles: {console: {replicas: 13}} | roles.console.replicas: 13 (expected: at most 12",
            })
    void whatItLacksIsNamedWhereItIsInstalledAndOnlyThere(Installation installation, String values, String message) {
        var quoted = values.replace("''", "\"\"");
        assertThatThrownBy(() -> installation.with("{console: {enabled: true}, " + quoted + "}"))
                .hasMessageContaining(message);
        assertThat(installation.with("{" + quoted + "}").text())
                .isEqualTo(installation.manifests().text());
    }

    @Test
    void theBundledServerHasAFifthDatabaseAndRoomForItsLogins() {
        var small = Installation.SMALL_WITH_CONSOLE.manifests();
        assertThat(small.one("ConfigMap", "shop-orderflow-postgresql")
                        .at("/data/roles.sh")
                        .asText())
                .contains("SERVICES:=" + String.join(" ", Roles.BY_DEFAULT.names()) + " console}");
        assertThat(small.one("StatefulSet", "shop-orderflow-postgresql")
                        .at("/spec/template/spec/containers/0/args/1")
                        .asText())
                .isEqualTo("max_connections=" + ((Roles.BY_DEFAULT.all().size() + 1) * (72 + 10) + 5));
    }

    @Test
    void itIsScaledByWhatItReadsAndTheScalerMayAskForThat() {
        var manifests = Installation.DEFAULT.with("""
                {console: {enabled: true}, roles: {console: {autoscaling: {enabled: true, by: lag}}},
                 networkPolicy: {scalerFrom: [{podSelector: {}}]}}""");
        assertThat(manifests
                        .one("ScaledObject", "shop-orderflow-console")
                        .at("/spec/triggers")
                        .findValuesAsText("topic"))
                .containsExactlyElementsOf(Topology.WITH_CONSOLE.readBy(Role.CONSOLE).stream()
                        .map(Channel::topic)
                        .toList());
        assertThat(manifests
                        .one("KafkaUser", "scaler")
                        .at("/spec/authorization/acls")
                        .findValuesAsText("name"))
                .contains("dead_letters", "console");
    }

    /** The panel is red as soon as one of them is not seen. */
    @Test
    void theDashboardCountsIt() {
        assertThat(dashboard(Installation.PRODUCTION.manifests()))
                .contains(panel(Roles.BY_DEFAULT))
                .doesNotContain(panel(Roles.DECLARED));
        assertThat(dashboard(PRODUCTION)).contains(panel(Roles.DECLARED)).doesNotContain(panel(Roles.BY_DEFAULT));
    }

    private static String dashboard(Manifests manifests) {
        return manifests
                .one("ConfigMap", "shop-orderflow-dashboard")
                .at("/data/orderflow.json")
                .asText();
    }

    private static String[] panel(Roles roles) {
        int services = roles.all().size();
        return new String[] {"Red below " + services + ":", "\"green\", \"value\": " + services + "}"};
    }
}
