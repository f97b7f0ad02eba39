package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka's resources reach the cluster as they were derived, but for what depends on the installation. */
class KafkaTest {

    @Test
    void withTheDefaultsEachIsWhatWasDerived() throws IOException {
        assertThat(rendered(Installation.DEFAULT.manifests())).isEqualTo(derived("files/strimzi"));
    }

    /** Its declaration gives other rights, and lets one more in to the brokers. */
    @Test
    void withConsoleEachIsWhatWasDerivedForIt() throws IOException {
        var derived = derived("files/strimzi");
        derived.putAll(derived("files/strimzi/console"));
        assertThat(derived).containsKey("KafkaUser console");
        assertThat(rendered(Installation.DEFAULT.with("{console: {enabled: true}}")))
                .isEqualTo(derived);
    }

    private static Map<String, JsonNode> derived(String folder) throws IOException {
        Map<String, JsonNode> derived = new TreeMap<>();
        try (var files = Files.newDirectoryStream(Chart.SOURCE.resolve(folder), "*.yaml")) {
            for (var file : files) {
                var resource = new YAMLMapper().readTree(file.toFile());
                derived.put(
                        resource.path("kind").asText() + " "
                                + resource.at("/metadata/name").asText(),
                        resource.path("spec"));
            }
        }
        derived.remove("KafkaNodePool broker");
        derived.remove("KafkaNodePool controller");
        derived.remove("KafkaUser scaler");
        return derived;
    }

    private static Map<String, JsonNode> rendered(Manifests manifests) {
        Map<String, JsonNode> rendered = new TreeMap<>();
        manifests.all().stream()
                .filter(one -> one.at("/apiVersion").asText().startsWith("kafka.strimzi.io"))
                .forEach(one -> rendered.put(
                        one.kind() + " " + one.name(), one.at("/spec").deepCopy()));
        // The one thing that the chart adds.
        ((ObjectNode) rendered.get("Kafka orderflow").at("/entityOperator/template/topicOperatorContainer"))
                .remove("env");
        return rendered;
    }

    /** The topics of the declaration, from which the chart's files are derived. */
    private static List<String> declared() {
        return Topology.ORDERFLOW.channels().stream().map(Channel::topic).toList();
    }

    private static String topicName(Manifests.Manifest topic) {
        return topic.at("/spec/topicName").asText();
    }

    @Test
    void aSmallInstallationIsOneBrokerThatAsksNobodyElse() {
        var manifests = Installation.SMALL.manifests();
        assertThat(manifests.of("KafkaNodePool").map(Manifests.Manifest::name)).containsExactly("dual");
        assertThat(manifests.one("KafkaNodePool", "dual").at("/spec/replicas").asInt())
                .isEqualTo(1);
        var config = manifests.one("Kafka", "orderflow").at("/spec/kafka/config");
        assertThat(config.path("min.insync.replicas").asInt()).isEqualTo(1);
        assertThat(config.path("offsets.topic.replication.factor").asInt()).isEqualTo(1);
        assertThat(manifests.of("KafkaTopic").map(KafkaTest::topicName))
                .containsExactlyInAnyOrderElementsOf(declared());
        assertThat(manifests.of("KafkaTopic")).allSatisfy(topic -> {
            assertThat(topic.at("/spec/partitions").asInt()).isEqualTo(3);
            assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(1);
            assertThat(topic.at("/spec/config").path("min.insync.replicas").asInt())
                    .isEqualTo(1);
        });
    }

    @Test
    void productionKeepsBrokersAndControllersApartAndEverythingWhenItIsUninstalled() {
        var manifests = Installation.PRODUCTION.manifests();
        assertThat(manifests.of("KafkaNodePool").map(Manifests.Manifest::name))
                .containsExactlyInAnyOrder("broker", "controller");
        assertThat(manifests.of("Kafka", "KafkaNodePool", "KafkaTopic")).allMatch(one -> one.at("/metadata/annotations")
                .path("helm.sh/resource-policy")
                .asText()
                .equals("keep"));
        assertThat(manifests.of("KafkaUser"))
                .allMatch(one -> one.at("/metadata/annotations").isMissingNode());
        assertThat(manifests
                        .one("Kafka", "orderflow")
                        .at("/spec/kafka/rack/topologyKey")
                        .asText())
                .isEqualTo("topology.kubernetes.io/zone");
    }

    /** Finalizers that nobody is left to answer would hold the namespace for ever. */
    @ParameterizedTest
    @EnumSource
    void uninstallingCannotHang(Installation installation) {
        var manifests = installation.manifests();
        boolean operatorGoesAlong = installation != Installation.PRODUCTION
                && installation != Installation.EXISTING_CLUSTER
                && installation != Installation.EXTERNAL_KAFKA;
        assertThat(manifests.of("Kafka"))
                .allSatisfy(kafka -> assertThat(kafka.at("/spec/entityOperator/template/topicOperatorContainer/env")
                                .toString())
                        .isEqualTo("[{\"name\":\"STRIMZI_USE_FINALIZERS\",\"value\":\"" + !operatorGoesAlong + "\"}]"));
        assertThat(manifests.of("KafkaNodePool")).allSatisfy(pool -> {
            for (var volume : pool.at("/spec/storage/volumes")) {
                assertThat(volume.path("deleteClaim").asBoolean()).isFalse();
            }
        });
        assertThat(manifests.all())
                .filteredOn(one -> one.at("/apiVersion").asText().startsWith("kafka"))
                .as("no hooks, which would be made anew at each upgrade, and no label that changes with the version")
                .noneMatch(one -> one.at("/metadata/annotations").has("helm.sh/hook"))
                .noneMatch(one -> one.at("/metadata/labels").has("helm.sh/chart"));
    }

    @Test
    void aClusterThatIsThereGetsTopicsAndUsersOnly() {
        var manifests = Installation.EXISTING_CLUSTER.manifests();
        assertThat(manifests.of("Kafka", "KafkaNodePool")).isEmpty();
        assertThat(manifests.of("KafkaUser").map(Manifests.Manifest::name))
                .containsExactlyInAnyOrderElementsOf(
                        Topology.ORDERFLOW.roles().stream().map(Role::name).toList());
        assertThat(manifests.of("KafkaTopic").map(KafkaTest::topicName))
                .containsExactlyInAnyOrderElementsOf(declared());
        assertThat(manifests.of("KafkaTopic", "KafkaUser")).allMatch(one -> one.at("/metadata/labels")
                .path("strimzi.io/cluster")
                .asText()
                .equals("shared"));
        assertThat(settings(manifests, "orders")).contains("brokers: shared-kafka-bootstrap:9093");
    }

    @Test
    void somebodyElsesKafkaGetsNothing() {
        var manifests = Installation.EXTERNAL_KAFKA.manifests();
        assertThat(manifests.all())
                .noneMatch(one -> one.at("/apiVersion").asText().startsWith("kafka"));
        assertThat(settings(manifests, "payments"))
                .contains("brokers: kafka-1.example.com:9094, kafka-2.example.com:9095");
    }

    @Test
    void theServicesKnowHowLongTopicsRemember() {
        var manifests = Installation.DEFAULT.with(Map.of("retention.topicDays", 14, "retention.releaseDays", 10));
        assertThat(manifests.of("KafkaTopic"))
                .allMatch(topic ->
                        topic.at("/spec/config").path("retention.ms").asText().equals("1209600000"));
        assertThat(settings(manifests, "inventory"))
                .contains("topic-retention: 14d", "release-window: 10d", "inbox-retention: 25d");
        assertThat(settings(manifests, "orders")).contains("contact-retention: 30d", "order-retention: 90d");
    }

    @Test
    void aTopicCanHaveSettingsOfItsOwn() {
        var manifests = Installation.EVERYTHING.manifests();
        assertThat(manifests
                        .one("KafkaTopic", "order-events")
                        .at("/spec/config")
                        .path("segment.bytes")
                        .asText())
                .isEqualTo("268435456");
        assertThat(manifests
                        .one("KafkaTopic", "payment-events")
                        .at("/spec/config")
                        .has("segment.bytes"))
                .isFalse();
    }

    private static String settings(Manifests manifests, String role) {
        return manifests
                .one("ConfigMap", "shop-orderflow-" + role)
                .at("/data/application.yaml")
                .asText();
    }
}
