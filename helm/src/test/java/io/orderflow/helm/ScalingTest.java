package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pods come and go by the service's own work, by one hand, and never by an upgrade. */
class ScalingTest {

    private static final String DEPLOYMENT = "shop-orderflow-payments";

    private static final Map<String, Object> BY_LAG = Map.of(
            "roles.payments.autoscaling.enabled",
            true,
            "roles.payments.autoscaling.by",
            "lag",
            "networkPolicy.scalerFrom[0].namespaceSelector.matchLabels.name",
            "keda");

    /** A number there would be set again by each upgrade, under load, too. */
    @ParameterizedTest
    @EnumSource
    void whoScalesADeploymentIsAloneWithItsNumber(Installation installation) {
        var manifests = installation.manifests();
        var scaled = Stream.concat(
                        manifests.of("HorizontalPodAutoscaler").map(one -> one.at("/spec/scaleTargetRef/name")
                                .asText()),
                        manifests.of("ScaledObject").map(one -> one.at("/spec/scaleTargetRef/name")
                                .asText()))
                .toList();
        assertThat(scaled).doesNotHaveDuplicates();
        assertThat(manifests.of("Deployment"))
                .allSatisfy(one -> assertThat(one.at("/spec").has("replicas"))
                        .as("%s", one)
                        .isEqualTo(!scaled.contains(one.name())));
    }

    @Test
    void theServicesOwnContainerIsLookedAt() {
        var autoscaler = Installation.PRODUCTION.manifests().one("HorizontalPodAutoscaler", DEPLOYMENT);
        var metric = autoscaler.at("/spec/metrics/0");
        assertThat(metric.path("type").asText()).isEqualTo("ContainerResource");
        assertThat(metric.at("/containerResource/container").asText()).isEqualTo("payments");
        assertThat(metric.at("/containerResource/name").asText()).isEqualTo("cpu");
        assertThat(autoscaler
                        .at("/spec/behavior/scaleUp/stabilizationWindowSeconds")
                        .asInt())
                .as("longer than eight pods take to start on two processors")
                .isGreaterThan(160);
    }

    @ParameterizedTest
    @CsvSource({"cpu", "lag"})
    void aShareOfNothingIsRefused(String by) throws IOException {
        var values = Files.createTempFile(Chart.copy().root(), "no-request", ".yaml");
        Files.writeString(values, """
                networkPolicy: {scalerFrom: [{podSelector: {}}]}
                roles: {payments: {autoscaling: {enabled: true, by: %s}, resources: {requests: {cpu: null}}}}
                """.formatted(by));
        assertThatThrownBy(() -> Chart.copy().renderFiles(values))
                .hasMessageContaining("roles.payments.resources.requests.cpu: missing (expected: a quantity, because"
                        + " roles.payments.autoscaling looks at its share)");
    }

    @Test
    void byLagThereIsATriggerForEachTopicThatTheServiceReads() {
        var manifests = Installation.EVERYTHING.manifests();
        for (var role : List.of(Role.INVENTORY, Role.NOTIFICATIONS)) {
            var scaled = manifests.one("ScaledObject", "everything-" + role);
            assertThat(scaled.at("/spec/triggers").findValuesAsText("topic"))
                    .containsExactlyElementsOf(Topology.ORDERFLOW.readBy(role).stream()
                            .map(Channel::topic)
                            .toList());
            assertThat(scaled.at("/spec/triggers").findValuesAsText("consumerGroup"))
                    .isNotEmpty()
                    .allMatch(role.name()::equals);
            assertThat(scaled.at("/spec/triggers").findValuesAsText("containerName"))
                    .containsExactly(role.name());
            assertThat(manifests.of("HorizontalPodAutoscaler"))
                    .noneMatch(one -> one.name().equals(scaled.name()));
        }
        var inventory = manifests.one("ScaledObject", "everything-inventory");
        assertThat(inventory.at("/spec/minReplicaCount").asInt()).isEqualTo(1);
        assertThat(inventory.at("/spec/maxReplicaCount").asInt()).isEqualTo(6);
        assertThat(inventory.at("/spec/triggers").findValuesAsText("lagThreshold"))
                .containsExactly("500");
        assertThat(inventory.at("/spec/triggers").findValuesAsText("bootstrapServers"))
                .as("KEDA is in a namespace of its own")
                .containsExactly("orderflow-kafka-bootstrap.orders.svc:9095");
    }

    @Test
    void kedaShowsACertificateOfItsOwnAndIsLetIn() {
        var manifests = Installation.DEFAULT.with(BY_LAG);
        assertThat(manifests.one("KafkaUser", "scaler").at("/spec/authorization/acls"))
                .isNotEmpty()
                .allMatch(right -> right.path("operations").toString().equals("[\"Describe\"]"));
        assertThat(parameters(manifests))
                .containsExactly("ca orderflow-cluster-ca-cert ca.crt", "cert scaler user.crt", "key scaler user.key");
        assertThat(manifests
                        .one("Kafka", "orderflow")
                        .at("/spec/kafka/listeners/0/networkPolicyPeers")
                        .toString())
                .contains("{\"namespaceSelector\":{\"matchLabels\":{\"name\":\"keda\"}}}");
        assertThat(Rules.mistakes(manifests)).isEmpty();
        assertThat(Installation.DEFAULT.manifests().of("KafkaUser", "TriggerAuthentication", "ScaledObject"))
                .noneMatch(one -> one.name().contains("scaler"));
    }

    private static List<String> parameters(Manifests manifests) {
        return Pods.each(manifests
                        .one("TriggerAuthentication", "shop-orderflow-scaler")
                        .at("/spec/secretTargetRef"))
                .map((JsonNode target) -> target.path("parameter").asText() + " "
                        + target.path("name").asText() + " "
                        + target.path("key").asText())
                .toList();
    }

    @Test
    void onBrokersOfOthersItsCertificateIsASecret() {
        Map<String, Object> byLag = Map.of(
                "roles.orders.autoscaling.enabled",
                true,
                "roles.orders.autoscaling.by",
                "lag",
                "kafka.external.scalerSecret",
                "keda-kafka");
        var manifests = Installation.EXTERNAL_KAFKA.with(byLag);
        assertThat(parameters(manifests))
                .containsExactly("ca keda-kafka ca.crt", "cert keda-kafka user.crt", "key keda-kafka user.key");
        assertThat(Rules.mistakes(manifests)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEFAULT        | networkPolicy.scalerFrom: empty (expected: KEDA's operator, as peers of a NetworkPolicy, because roles.payments.autoscaling.by is lag)",
                "EXTERNAL_KAFKA | kafka.external.scalerSecret: missing (expected: a Secret with user.crt, user.key and ca.crt, because roles.payments.autoscaling.by is lag)",
            })
    void whoIsNotLetInIsNamed(Installation installation, String message) {
        Map<String, Object> byLag =
                Map.of("roles.payments.autoscaling.enabled", true, "roles.payments.autoscaling.by", "lag");
        assertThatThrownBy(() -> installation.with(byLag)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'pollingInterval: 30',             'pollInterval: 30',           pollInterval",
        "'tls: enable',                     'tls: true',                  tls",
        "'metricType: Utilization',         'metrictype: Utilization',    metrictype",
        "'{parameter: cert,',               '{parameter: certificate,',   parameter",
        "'lagThreshold: {{ $scaling.lagThreshold | quote }}', 'lagThreshold: {{ $scaling.lagThreshold }}', lagThreshold",
    })
    void aSlipInWhatKedaReadsIsFound(String right, String wrong, String named) {
        var chart = Chart.copy().with("templates/autoscalers.yaml", right, wrong);
        assertThat(String.join("\n", Rules.mistakes(Installation.EVERYTHING.renderedBy(chart))))
                .contains(named);
    }
}
