package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What umbrellas, meshes and clouds want of a chart: each by itself, and nothing that is on and never reached. */
class ConventionsTest {

    private static final String REFUSED = """
            PRODUCTION | {networkPolicy: {metricsFrom: []}}   | networkPolicy.metricsFrom: empty (expected: Prometheus' pods, because monitoring.podMonitors, rules or dashboard is true; nobody else may read figures)
            PRODUCTION | {monitoring: {podMonitors: false}, networkPolicy: {metricsFrom: []}} | networkPolicy.metricsFrom: empty (expected: Prometheus' pods, because monitoring
            DEFAULT    | {monitoring: {dashboard: true}} | networkPolicy.metricsFrom: empty (expected: Prometheus' pods, because monitoring
            PRODUCTION | {networkPolicy: {ordersFrom: []}}    | networkPolicy.ordersFrom: empty (expected: the pods of the Ingress controller or Gateway, because ingress.enabled or httpRoute.enabled is true; nobody else may come in)
            EVERYTHING | {httpRoute: {enabled: false}, networkPolicy: {ordersFrom: []}} | networkPolicy.ordersFrom: empty (expected: the pods of the Ingress
            EVERYTHING | {ingress: {certificateFrom: controller}} | ingress.tlsSecret: shop-certificate (expected: none, because ingress.certificateFrom is controller)
            EVERYTHING | {ingress: {tlsSecret: ""}}           | ingress.tlsSecret: missing (expected: a Secret with the certificate, because ingress.enabled is true; or ingress.certificateFrom controller)
            DEFAULT    | {serviceIpFamilyPolicy: SingleStack, serviceIpFamilies: [IPv4, IPv6]} | serviceIpFamilies: IPv4, IPv6 (expected: one, because serviceIpFamilyPolicy is SingleStack)
            DEFAULT    | {serviceIpFamilies: [IPv4, IPv4]}    | /serviceIpFamilies
            DEFAULT    | {monitoring: {spans: true}}          | networkPolicy.spansPorts: empty (expected: the ports that spans of orders leave for, because monitoring.spans is true and no OTEL_EXPORTER_OTLP_ENDPOINT tells)
            DEFAULT    | {pods: {extraEnv: [{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://localhost:4318"}]}} | spans of payments leave for, because OTEL_EXPORTER_OTLP_ENDPOINT does not tell)
            DEFAULT    | {pods: {extraEnv: [{name: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, valueFrom: {}}]}} | spans of orders leave for, because OTEL_EXPORTER_OTLP_TRACES_ENDPOINT does not tell)
            DEFAULT    | {roles: {inventory: {extraEnv: [{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "collector:4318"}]}}} | spans of inventory leave for, because OTEL_EXPORTER_OTLP_ENDPOINT does not tell)
            DEFAULT    | {monitoring: {spansTo: "http://localhost:4318"}} | spans of notifications leave for, because monitoring.spansTo does not tell)
            DEFAULT    | {pods: {javaOptions: "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:4318"}} | spans of orders leave for, because -Dotel.exporter.otlp.endpoint does not tell)
            SMALL      | {pods: {platformUserIds: true}, strimzi: {podSecurityContext: {fsGroup: 1001}}} | strimzi.podSecurityContext.fsGroup: 1001 (expected: none, because pods.platformUserIds is true)
            SMALL      | {pods: {platformUserIds: true}, strimzi: {securityContext: {runAsUser: 1001}}} | strimzi.securityContext.runAsUser: 1001 (expected: none
            """;

    @ParameterizedTest
    @MethodSource
    void itIsRefused(Installation installation, String values, String message) {
        assertThatThrownBy(() -> installation.with(values)).hasMessageContaining(message);
    }

    static Stream<Arguments> itIsRefused() {
        return Refusals.in(REFUSED);
    }

    @Test
    void everyCheckIsTried() throws IOException {
        Refusals.areAllIn("_checks_conventions.tpl", REFUSED);
    }

    @Test
    void withoutPoliciesEverybodyIsLetIn() {
        var manifests =
                Installation.PRODUCTION.with("{networkPolicy: {enabled: false, ordersFrom: [], metricsFrom: []}}");
        assertThat(manifests.of("HTTPRoute", "PodMonitor")).isNotEmpty();
    }

    /** As a dependency with a condition, whose value is handed to us, too. */
    @Test
    void itIsPartOfAnUmbrella() throws IOException {
        var chart = Chart.copy();
        var values = (ObjectNode)
                new YAMLMapper().readTree(ValuesFile.REQUIRED.in(Chart.ROOT).toFile());
        var umbrella = Files.createDirectories(chart.root().resolve("umbrella"));
        Files.move(
                chart.folder(),
                Files.createDirectories(umbrella.resolve("charts")).resolve("orderflow"));
        Files.writeString(umbrella.resolve("Chart.yaml"), """
                apiVersion: v2
                name: umbrella
                version: 1.0.0
                dependencies:
                  - {name: orderflow, version: ">=0-0", condition: orderflow.enabled}
                """);

        var manifests = Manifests.parse(withValues(umbrella, values.put("enabled", true)));
        assertThat(manifests.of("Deployment")).hasSize(Roles.BY_DEFAULT.all().size());
        assertThat(Rules.mistakes(manifests)).isEmpty();
        assertThat(withValues(umbrella, values.put("enabled", false))).isNull();
    }

    private static String withValues(Path umbrella, ObjectNode ours) throws IOException {
        Files.writeString(umbrella.resolve("values.yaml"), "{\"orderflow\": " + ours + "}");
        return new Helm(umbrella)
                .template()
                .withName(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeVersion(Chart.KUBERNETES)
                .call();
    }

    @Test
    void jobsAndTestHaveAnnotationsAndLabelsOfTheirOwn() {
        var manifests = Installation.SMALL.with("""
                {pods: {annotations: {mesh: enabled, all: "1"}, labels: {mesh: enabled}},
                 migrations: {annotations: {job: "1"}, podAnnotations: {mesh: jobs}, podLabels: {mesh: jobs}},
                 testOrder: {annotations: {mesh: test, rendered.helm.sh/hook: not-ours-to-change}, labels: {mesh: test}}}""");
        assertThat(manifests.of("Job")).allSatisfy(job -> {
            assertThat(job.at("/metadata/annotations").toString()).isEqualTo("{\"job\":\"1\"}");
            assertThat(job.at("/spec/template/metadata/annotations").toString())
                    .isEqualTo("{\"all\":\"1\",\"mesh\":\"jobs\"}");
            assertThat(job.at("/spec/template/metadata/labels/mesh").asText()).isEqualTo("jobs");
        });
        var test = manifests.one("Pod", "shop-orderflow-test").at("/metadata");
        assertThat(test.at("/annotations/mesh").asText()
                        + test.at("/annotations/all").asText())
                .isEqualTo("test1");
        assertThat(test.path("annotations").path("helm.sh/hook").asText()).isEqualTo("test");
        assertThat(test.at("/labels/mesh").asText()).isEqualTo("test");
        var orders = manifests.one("Deployment", "shop-orderflow-orders").at("/spec/template/metadata");
        assertThat(orders.at("/annotations/mesh").asText()
                        + orders.at("/labels/mesh").asText())
                .isEqualTo("enabledenabled");
    }

    @Test
    void aServiceAndAnAccountHaveAnnotationsOfTheirOwn() {
        var manifests = Installation.SMALL.with("""
                {serviceAnnotations: {who: all}, serviceAccountAnnotations: {who: all},
                 migrations: {serviceAccountAnnotations: {who: migrations}},
                 roles: {orders: {serviceAnnotations: {who: orders}, serviceAccountAnnotations: {who: orders}}}}""");
        assertThat(who(manifests, "Service", "orders")).isEqualTo("orders");
        assertThat(who(manifests, "Service", "payments")).isEqualTo("all");
        assertThat(who(manifests, "ServiceAccount", "orders")).isEqualTo("orders");
        assertThat(who(manifests, "ServiceAccount", "migrate")).isEqualTo("migrations");
        for (var other : List.of("payments", "postgresql", "mailbox", "test")) {
            assertThat(who(manifests, "ServiceAccount", other)).isEqualTo("all");
        }
    }

    private static String who(Manifests manifests, String kind, String component) {
        return manifests
                .one(kind, "shop-orderflow-" + component)
                .at("/metadata/annotations/who")
                .asText();
    }

    @Test
    void everyServiceIsOfTheFamiliesThatTheValuesSay() {
        var manifests =
                Installation.SMALL.with("{serviceIpFamilyPolicy: RequireDualStack, serviceIpFamilies: [IPv6, IPv4]}");
        assertThat(manifests.of("Service")).hasSizeGreaterThan(5).allSatisfy(service -> {
            assertThat(service.at("/spec/ipFamilyPolicy").asText()).isEqualTo("RequireDualStack");
            assertThat(service.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv6\",\"IPv4\"]");
        });
        assertThat(Rules.mistakes(manifests)).isEmpty();
        assertThat(Rules.mistakes(Installation.SMALL.with("{serviceIpFamilies: [IPv6]}")))
                .isEmpty();
    }

    @Test
    void theCertificateOfAnIngressMayBeTheControllers() {
        var manifests =
                Installation.EVERYTHING.with("{ingress: {className: alb, certificateFrom: controller, tlsSecret: ''}}");
        assertThat(manifests.of("Ingress")).isNotEmpty().allSatisfy(ingress -> assertThat(
                        ingress.at("/spec/tls").toString())
                .isEqualTo("[{\"hosts\":[\"shop.example.com\"]}]"));
        assertThat(Rules.mistakes(manifests)).isEmpty();
    }
}
