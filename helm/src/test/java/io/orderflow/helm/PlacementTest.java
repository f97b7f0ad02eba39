package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Manifests.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka's nodes and operators run where, and with what, the values say; and brokers never all on one machine. */
class PlacementTest {

    private static JsonNode pod(Manifest pool) {
        return pool.at("/spec/template/pod");
    }

    @ParameterizedTest
    @EnumSource
    void theNodesOfAPoolAreSpreadOverMachines(Installation installation) {
        assertThat(installation.manifests().of("KafkaNodePool")).allSatisfy(pool -> {
            var spread = pod(pool).path("topologySpreadConstraints").path(0);
            assertThat(spread.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
            assertThat(spread.at("/labelSelector/matchLabels")
                            .path("strimzi.io/pool-name")
                            .asText())
                    .isEqualTo(pool.name());
        });
    }

    @Test
    void anUnevenNodeStartsAllTheSameUnlessItIsToldOtherwise() {
        assertThat(pod(Installation.DEFAULT.manifests().one("KafkaNodePool", "dual"))
                        .at("/topologySpreadConstraints/0/whenUnsatisfiable")
                        .asText())
                .isEqualTo("ScheduleAnyway");
        assertThat(pod(Installation.EVERYTHING.manifests().one("KafkaNodePool", "broker"))
                        .path("topologySpreadConstraints")
                        .findValuesAsText("whenUnsatisfiable"))
                .containsExactly("DoNotSchedule", "DoNotSchedule");
        assertThat(pod(Installation.DEFAULT
                                .with(Map.of("kafka.topologySpread.keys[0]", "example.com/rack"))
                                .one("KafkaNodePool", "dual"))
                        .path("topologySpreadConstraints")
                        .findValuesAsText("topologyKey"))
                .containsExactly("example.com/rack");
    }

    /** Zones are not everywhere: where no node has the label, all other spreading is without effect. */
    @Test
    void aServicesPodsAreSpreadOverMachinesAndByDefaultNeverWaitForOne() {
        for (var installation : List.of(Installation.DEFAULT, Installation.SMALL)) {
            assertThat(spread(installation))
                    .hasSameSizeAs(installation.roles().names())
                    .allMatch(one -> one.findValuesAsText("topologyKey").equals(List.of("kubernetes.io/hostname")))
                    .allMatch(one -> one.findValuesAsText("whenUnsatisfiable").equals(List.of("ScheduleAnyway")));
        }
        assertThat(spread(Installation.PRODUCTION))
                .as("which says so, and asks for zones")
                .allMatch(one -> one.findValuesAsText("topologyKey").equals(List.of("topology.kubernetes.io/zone")))
                .allMatch(one -> one.findValuesAsText("whenUnsatisfiable").equals(List.of("DoNotSchedule")));
        assertThat(spread(Installation.EVERYTHING)).allMatch(one -> one.findValuesAsText("topologyKey")
                .equals(List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone")));
    }

    private static List<JsonNode> spread(Installation installation) {
        var roles = Roles.DECLARED.names();
        return Pods.in(installation.manifests())
                .filter(pod -> roles.contains(pod.component()))
                .map(pod -> pod.spec().path("topologySpreadConstraints"))
                .toList();
    }

    @Test
    void brokersControllersAndOperatorsHaveAPlaceEach() {
        var manifests = Installation.EVERYTHING.manifests();
        var broker = pod(manifests.one("KafkaNodePool", "broker"));
        var controller = pod(manifests.one("KafkaNodePool", "controller"));
        var operators = manifests.one("Kafka", "orderflow").at("/spec/entityOperator/template/pod");

        assertThat(nodes(broker)).isEqualTo("{\"key\":\"disks\",\"operator\":\"In\",\"values\":[\"fast\"]}");
        assertThat(nodes(controller)).isEqualTo("{\"key\":\"disks\",\"operator\":\"In\",\"values\":[\"small\"]}");
        assertThat(nodes(operators)).contains("kubernetes.io/os");
        assertThat(broker.at("/affinity").has("podAntiAffinity")).isTrue();
        assertThat(controller.at("/affinity").has("podAntiAffinity")).isFalse();
        assertThat(broker.at("/tolerations/0/key").asText()).isEqualTo("kafka");
        assertThat(controller.at("/tolerations/0/key").asText()).isEqualTo("kafka");
        assertThat(operators.at("/tolerations/0/key").asText()).isEqualTo("shop");
        assertThat(List.of(broker, controller, operators))
                .extracting(pod -> pod.path("priorityClassName").asText())
                .containsExactly("brokers", "controllers", "shop");
        assertThat(List.of(broker, controller, operators))
                .allMatch(pod -> pod.at("/securityContext/runAsNonRoot").asBoolean());
    }

    private static String nodes(JsonNode pod) {
        return pod.at("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0"
                        + "/matchExpressions/0")
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"kafka", "kafka.controllers", "kafka.entityOperator"})
    void aMachineIsChosenInOneWay(String owner) {
        assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of(
                        owner + ".nodeSelector.disks",
                        "fast",
                        owner + ".affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight",
                        1)))
                .hasMessageContaining(
                        owner + ".nodeSelector: beside " + owner + ".affinity.nodeAffinity (expected: one of the two)");
    }

    @Test
    void controllersHaveANumberADiskAndResourcesOfTheirOwn() {
        var everything = Installation.EVERYTHING.manifests().one("KafkaNodePool", "controller");
        assertThat(everything.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(everything.at("/spec/storage/volumes/0/size").asText()).isEqualTo("20Gi");
        assertThat(everything.at("/spec/storage/volumes/0/class").asText()).isEqualTo("faster");
        assertThat(everything.at("/spec/resources").toString())
                .isEqualTo("{\"limits\":{\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}");
        assertThat(Installation.EVERYTHING
                        .manifests()
                        .one("KafkaNodePool", "broker")
                        .at("/spec/storage/volumes/0/class")
                        .asText())
                .isEqualTo("fast");

        var production = Installation.PRODUCTION
                .with(Map.of("kafka.storage.storageClass", "fast"))
                .one("KafkaNodePool", "controller");
        assertThat(production.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(production.at("/spec/storage/volumes/0/size").asText()).isEqualTo("10Gi");
        assertThat(production.at("/spec/storage/volumes/0/class").asText()).isEqualTo("fast");
    }

    @Test
    void anEvenNumberOfVotersIsRefused() {
        assertThatThrownBy(() -> Installation.PRODUCTION.with(Map.of("kafka.controllers.replicas", 2)))
                .hasMessageContaining("/kafka/controllers/replicas");
    }

    /** On the brokers' side and on that of all who come to them. */
    @Test
    void theListenerHasThePortThatTheValuesSay() {
        var own = Installation.EVERYTHING.manifests();
        assertThat(own.one("Kafka", "orderflow")
                        .at("/spec/kafka/listeners/0/port")
                        .asInt())
                .isEqualTo(9095);
        var shared = Installation.EXISTING_CLUSTER.with(Map.of("kafka.port", 9094));
        assertThat(new Edges(shared).out())
                .contains("orders -> pods strimzi.io/broker-role=true,strimzi.io/cluster=shared 9094")
                .noneMatch(edge -> edge.endsWith(" 9093"));
        assertThat(shared.one("ConfigMap", "shop-orderflow-orders")
                        .at("/data/application.yaml")
                        .asText())
                .contains("brokers: shared-kafka-bootstrap:9094");
        assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of("kafka.port", 9404)))
                .hasMessageContaining("kafka.port: 9404 (expected: another");
    }
}
