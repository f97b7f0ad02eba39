package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One more service is an entry in {@code files/roles.yaml} and a rendered KafkaUser; all else in the chart follows.
 * Here two are planted: porter, which works and calls a depot, and window, which answers HTTP and is shown
 * outside.
 */
class AnotherRoleTest {

    private static final Chart CHART = planted();

    private static Chart planted() {
        try {
            var chart = Chart.copy();
            var roles = chart.folder().resolve(Roles.FILE);
            Files.writeString(roles, Files.readString(roles) + """
                      - name: porter
                        http: false
                        paths: []
                        outside: [depot]
                      - name: window
                        http: true
                        paths: [/window]
                        outside: []
                    """);
            var users = chart.folder().resolve("files/strimzi");
            for (var role : List.of("porter", "window")) {
                Files.writeString(
                        users.resolve("kafkauser-" + role + ".yaml"),
                        Files.readString(users.resolve("kafkauser-payments.yaml"))
                                .replace("payments", role));
            }
            for (var file : List.of(ValuesFile.PRODUCTION_OWN, ValuesFile.EVERYTHING)) {
                var values = file.in(chart.root());
                Files.writeString(
                        values,
                        Files.readString(values)
                                .replace(
                                        "networkPolicy:\n",
                                        "networkPolicy:\n  windowFrom: [{ipBlock: {cidr: 192.0.2.0/24}}]\n"));
            }
            Rendered.write(chart.root(), Rendered.values(chart.root()));
            return chart;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClusterWouldTakeEverythingAsItIsMeant(Installation installation) {
        var manifests = installation.renderedBy(CHART);
        assertThat(Rules.mistakes(manifests)).isEmpty();
        assertThat(RestrictedTest.mistakes(manifests)).isEmpty();
    }

    /** Deployment, Service, account, settings, Job, policies, user, budget and autoscaler. */
    @ParameterizedTest
    @EnumSource
    void itHasEveryResourceThatPaymentsHas(Installation installation) {
        var names = names(installation.renderedBy(CHART));
        assertThat(names).contains(names(installation.manifests()).toArray(String[]::new));
        for (var role : List.of("porter", "window")) {
            assertThat(names).containsAll(asPayments(names, role));
        }
    }

    @Test
    void theInstallationsHaveEveryKindForIt() {
        var kinds = names(Installation.PRODUCTION.renderedBy(CHART)).stream()
                .filter(name -> name.contains("porter"))
                .map(name -> name.split(" ")[0])
                .collect(Collectors.toSet());
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "Deployment",
                        "Service",
                        "ServiceAccount",
                        "ConfigMap",
                        "Job",
                        "NetworkPolicy",
                        "KafkaUser",
                        "PodDisruptionBudget",
                        "HorizontalPodAutoscaler");
    }

    /** A Job's name ends in a hash. */
    private static Set<String> names(Manifests manifests) {
        return manifests.all().stream()
                .map(one -> one.kind() + " "
                        + (one.kind().equals("Job") ? one.name().replaceFirst("-[0-9a-f]{8}$", "") : one.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> asPayments(Set<String> lines, String role) {
        var own = lines.stream()
                .filter(line -> line.contains("payments"))
                .map(line -> line.replace("payments", role))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(own).isNotEmpty();
        return own;
    }

    @ParameterizedTest
    @EnumSource
    void itsPodsReadTheSameSecretsButTheProviders(Installation installation) {
        var secrets = Secrets.in(installation.renderedBy(CHART));
        secrets.removeIf(line -> line.startsWith("payment-provider:") || line.startsWith("shop-certificate:"));
        for (var role : List.of("porter", "window")) {
            assertThat(secrets.stream().filter(line -> line.contains(role)))
                    .containsExactlyElementsOf(asPayments(secrets, role));
        }
    }

    @Test
    void itSpeaksWithWhomPaymentsDoesAndWithItsDepot() {
        var edges = new Edges(Installation.PRODUCTION.renderedBy(CHART));
        var out = edges.out();
        out.remove("payments -> 203.0.113.0/24 443");
        var expected = asPayments(out, "porter");
        expected.add("porter -> anywhere 443");
        assertThat(out.stream().filter(line -> line.contains("porter"))).containsExactlyElementsOf(expected);
        assertThat(edges.in().stream().filter(line -> line.contains("porter")))
                .containsExactlyElementsOf(asPayments(edges.in(), "porter"));

        var small = new Edges(Installation.SMALL.renderedBy(CHART));
        assertThat(small.in()).contains("porter -> postgresql 5432", "migrate-porter -> postgresql 5432");
    }

    @Test
    void itsDepotIsWhereTheValuesSay() {
        var edges = new Edges(CHART.render(
                Map.of(
                        "networkPolicy.depotTo[0].to[0].ipBlock.cidr",
                        "198.51.100.0/24",
                        "networkPolicy.depotTo[0].ports[0].port",
                        8443),
                ValuesFile.REQUIRED));
        assertThat(edges.out())
                .contains("porter -> 198.51.100.0/24 8443")
                .doesNotContain("payments -> 198.51.100.0/24 8443");
    }

    @Test
    void theKeyForItsDepotIsAFileOfItsOwn() {
        var manifests = CHART.render(Map.of("roles.porter.existingSecret", "depot"), ValuesFile.REQUIRED);
        assertThat(Secrets.in(manifests).stream().filter(line -> line.startsWith("depot:")))
                .containsExactly("depot: everything -> porter");
        assertThat(manifests
                        .one("Deployment", "shop-orderflow-porter")
                        .at("/spec/template/spec/containers/0/volumeMounts")
                        .toString())
                .contains("/etc/orderflow/own");
        assertThat(Rules.mistakes(manifests)).isEmpty();
    }

    @Test
    void itsHttpIsThereForWhomTheValuesSay() {
        var manifests = CHART.render(ValuesFile.PRODUCTION, ValuesFile.PRODUCTION_OWN);
        assertThat(new Edges(manifests).in())
                .contains("test -> window 8080", "192.0.2.0/24 -> window 8080")
                .noneMatch(edge -> edge.endsWith("-> porter 8080"));
        var route = manifests.one("HTTPRoute", "shop-orderflow-window");
        assertThat(route.at("/spec/rules/0/matches/0/path/value").asText()).isEqualTo("/window");
        assertThat(route.at("/spec/rules/0/backendRefs/0/name").asText()).isEqualTo("shop-orderflow-window");
        assertThat(manifests.of("HTTPRoute").map(Manifests.Manifest::name))
                .contains("shop-orderflow-orders", "shop-orderflow-window")
                .doesNotContain("shop-orderflow-inventory");
        assertThatThrownBy(() -> CHART.render(
                        Map.of("networkPolicy.windowFrom[0].ipBlock.cidr", "192.0.2.0/24"), ValuesFile.SMALL))
                .hasMessageContaining(", windowFrom and operatorsFrom");
    }

    /** Whoever may call another service does not open it. */
    @Test
    void aPathThatLeadsToItIsRefusedWithoutSomebodyWhoMayComeIn() {
        assertThatThrownBy(() -> CHART.render(
                        "{networkPolicy: {windowFrom: []}}", ValuesFile.PRODUCTION, ValuesFile.PRODUCTION_OWN))
                .hasMessageContaining("networkPolicy.windowFrom: empty (expected: the pods of the Ingress controller")
                .hasMessageNotContaining("ordersFrom: empty");
        assertThatThrownBy(() -> CHART.render(
                        "{networkPolicy: {ordersFrom: []}}", ValuesFile.PRODUCTION, ValuesFile.PRODUCTION_OWN))
                .hasMessageContaining("networkPolicy.ordersFrom: empty (expected: the pods of the Ingress controller")
                .hasMessageNotContaining("windowFrom: empty");
    }

    @Test
    void itHasADatabaseItsCertificateAndAnEyeOnIt() {
        var small = Installation.SMALL.renderedBy(CHART);
        assertThat(small.one("ConfigMap", "shop-orderflow-postgresql")
                        .at("/data/roles.sh")
                        .asText())
                .contains("SERVICES:=" + String.join(" ", Roles.BY_DEFAULT.names()) + " porter window}");
        assertThat(small.one("StatefulSet", "shop-orderflow-postgresql")
                        .at("/spec/template/spec/containers/0/args")
                        .toString())
                .contains("max_connections=" + (82 * (Roles.BY_DEFAULT.all().size() + 2) + 5));
        assertThat(small.one("ConfigMap", "shop-orderflow-porter")
                        .at("/data/application.yaml")
                        .asText())
                .contains("5432/porter?", "username: porter\n", "schema: await");
        assertThat(Pods.in(small).filter(pod -> pod.component().equals("porter")))
                .singleElement()
                .satisfies(pod -> assertThat(pod.spec().path("volumes").toString())
                        .contains("{\"name\":\"porter\",\"items\":[{\"key\":\"user.crt\""));
        assertThat(Installation.EVERYTHING
                        .renderedBy(CHART)
                        .one("PodMonitor", "everything")
                        .at("/spec/selector/matchExpressions/0/values")
                        .toString())
                .contains("\"porter\",\"window\"");
    }

    @Test
    void itsValuesAreAsStrictAsTheOthers() throws IOException {
        assertThatThrownBy(() -> CHART.render(Map.of("roles.porter.replicas", -1), ValuesFile.REQUIRED))
                .hasMessageContaining("/roles/porter/replicas");
        assertThatThrownBy(() -> CHART.render(Map.of("roles.shiping.replicas", 1), ValuesFile.REQUIRED))
                .hasMessageContaining("/roles")
                .hasMessageContaining("shiping");
        assertThatThrownBy(() -> CHART.render(
                        Map.of("postgresql.external.databases.porter.migratorSecret", ""), ValuesFile.REQUIRED))
                .hasMessageContaining("postgresql.external.databases.porter.migratorSecret: missing");
        assertThat(Files.readString(CHART.root().resolve(Values.README)))
                .contains("| `roles.porter.replicas` | How many pods", "| `networkPolicy.depotTo` | Where depot is");
    }
}
