package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kubernetes.client.custom.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever part of a pod's resources is given, the rest stays; nobody asks for more than it may have; and small is. */
class ResourcesTest {

    private static final BigDecimal PROCESSORS = new BigDecimal("1.2");
    private static final BigDecimal MEMORY = new BigDecimal(5L << 30);

    /** Of a service that was added, with its migrations. */
    private static final BigDecimal EACH_MORE = new BigDecimal(640L << 20);

    @ParameterizedTest
    @CsvSource({
        "DEFAULT,    kafka,                              KafkaNodePool dual,       /spec/resources",
        "PRODUCTION, kafka.controllers,                  KafkaNodePool controller, /spec/resources",
        "DEFAULT,    kafka.entityOperator.topicOperator, Kafka orderflow,          /spec/entityOperator/topicOperator/resources",
        "DEFAULT,    kafka.entityOperator.userOperator,  Kafka orderflow,          /spec/entityOperator/userOperator/resources",
        "DEFAULT,    roles.payments,                     Deployment shop-orderflow-payments, /spec/template/spec/containers/0/resources",
        "SMALL,      postgresql.bundled,                 StatefulSet shop-orderflow-postgresql, /spec/template/spec/containers/0/resources",
    })
    void onePartIsLaidOverTheRest(Installation installation, String owner, String resource, String path) {
        var name = resource.split(" ");
        var before = installation.manifests().one(name[0], name[1]).at(path);
        var more = installation
                .with(Map.of(owner + ".resources.limits.memory", "12Gi"))
                .one(name[0], name[1])
                .at(path);
        assertThat(more.at("/limits/memory").asText()).isEqualTo("12Gi");
        assertThat(more.path("requests")).isEqualTo(before.path("requests"));
        assertThat(before.at("/requests/cpu").asText()).isNotEmpty();
        assertThat(before.at("/requests/memory").asText()).isNotEmpty();

        var faster = installation
                .with(Map.of(owner + ".resources.requests.cpu", "3"))
                .one(name[0], name[1])
                .at(path);
        assertThat(faster.at("/requests/cpu").asText()).isEqualTo("3");
        assertThat(faster.at("/requests/memory")).isEqualTo(before.at("/requests/memory"));
        assertThat(faster.path("limits")).isEqualTo(before.path("limits"));
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT,    kafka,                              2Gi",
        "PRODUCTION, kafka,                              8Gi",
        "PRODUCTION, kafka.controllers,                  1Gi",
        "DEFAULT,    kafka.entityOperator.topicOperator, 384Mi",
        "DEFAULT,    kafka.entityOperator.userOperator,  384Mi",
        "DEFAULT,    roles.payments,                     768Mi",
        "DEFAULT,    migrations,                         384Mi",
        "SMALL,      postgresql.bundled,                 256Mi",
        "DEFAULT,    strimzi,                            384Mi",
    })
    void lessThanIsReservedIsRefused(Installation installation, String owner, String reserved) {
        assertThatThrownBy(() -> installation.with(Map.of(owner + ".resources.limits.memory", "200000Ki")))
                .hasMessageContaining(owner + ".resources.requests.memory: " + reserved
                        + " (expected: at most limits.memory, 200000Ki)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"767Mi", "805M", "805306k", "0.74Gi", "805306367000m"})
    void everyUnitCounts(String limit) {
        assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of("roles.orders.resources.limits.memory", limit)))
                .hasMessageContaining("768Mi (expected: at most limits.memory, " + limit + ")");
    }

    /** As 512m, which is half a byte. */
    @ParameterizedTest
    @CsvSource({
        "DEFAULT, roles.orders.resources.limits.memory,                       768MB",
        "DEFAULT, roles.orders.resources.requests.memory,                     768m",
        "DEFAULT, roles.payments.resources.requests.cpu,                      half",
        "DEFAULT, migrations.resources.limits.memory,                         384",
        "DEFAULT, kafka.resources.limits.memory,                              8 Gi",
        "DEFAULT, kafka.entityOperator.userOperator.resources.requests.cpu,   0.1 cores",
        "SMALL,   postgresql.bundled.resources.requests.memory,               512mi",
        "DEFAULT, strimzi.resources.requests.memory,                          384MiB",
    })
    void whatIsNoQuantityIsRefused(Installation installation, String value, String quantity) {
        assertThatThrownBy(() -> installation.with(Map.of(value, quantity)))
                .hasMessageContaining(
                        value + ": " + quantity + " (expected: a quantity, as 250m of processors or 512Mi of memory)");
    }

    @ParameterizedTest
    @CsvSource({"DEFAULT, roles.inventory", "DEFAULT, migrations", "SMALL, postgresql.bundled"})
    void memoryAlwaysHasALimit(Installation installation, String owner) {
        assertThatThrownBy(() -> installation.with(Map.of(owner + ".resources.limits.memory", "")))
                .hasMessageContaining(owner + ".resources.limits.memory: missing (expected: a quantity");
    }

    @Test
    void halfAProcessorIsFiveHundredOfAThousand() {
        Map<String, Object> same = Map.of("roles.orders.resources.limits.cpu", "0.5");
        assertThat(Installation.DEFAULT.with(same).all()).isNotEmpty();
        assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of("roles.orders.resources.limits.cpu", "499m")))
                .hasMessageContaining("roles.orders.resources.requests.cpu: 500m (expected: at most limits.cpu, 499m)");
    }

    /** Everything that runs at once while values-small.yaml is installed and tested, Strimzi's pods included. */
    @ParameterizedTest
    @EnumSource(names = {"SMALL", "SMALL_WITH_CONSOLE"})
    void aSmallInstallationStartsOnTwoProcessors(Installation installation) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        var manifests = installation.manifests();
        Pods.in(manifests).forEach(pod -> {
            assertThat(pod.owner().at("/spec/replicas").asInt(1)).isEqualTo(1);
            pod.containers().forEach(container -> all.add(container.path("resources")));
        });
        var pool = manifests.one("KafkaNodePool", "dual");
        assertThat(pool.at("/spec/replicas").asInt()).isEqualTo(1);
        all.add(pool.at("/spec/resources"));
        var kafka = manifests.one("Kafka", "orderflow");
        all.add(kafka.at("/spec/entityOperator/topicOperator/resources"));
        all.add(kafka.at("/spec/entityOperator/userOperator/resources"));
        var values = new YAMLMapper().readTree(ValuesFile.SMALL.in(Chart.ROOT).toFile());
        all.add(values.at("/strimzi/resources"));

        assertThat(all).hasSize(2 * installation.roles().all().size() + 3 + 4);
        assertThat(sum(all, "cpu")).isLessThanOrEqualTo(PROCESSORS);
        var more = new BigDecimal(Roles.DECLARED.added().size());
        assertThat(sum(all, "memory")).isLessThanOrEqualTo(MEMORY.add(EACH_MORE.multiply(more)));
        System.out.println(installation + " asks for " + sum(all, "cpu") + " processors and "
                + sum(all, "memory").longValue() / (1 << 20) + " MiB");
    }

    private static BigDecimal sum(List<JsonNode> all, String what) {
        return all.stream()
                .map(resources -> Quantity.fromString(
                                resources.at("/requests/" + what).asText())
                        .getNumber())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
