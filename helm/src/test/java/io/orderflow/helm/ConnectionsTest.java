package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No pod is refused a connection, in an upgrade neither: a pool for each pod and one more, on each side of the sum. */
class ConnectionsTest {

    @Test
    void twoPodsAndOneMoreFitByDefault() {
        var manifests = Installation.SMALL.with(Map.of("roles.orders.replicas", 2));
        var script = manifests
                .one("ConfigMap", "shop-orderflow-postgresql")
                .at("/data/roles.sh")
                .asText();
        assertThat(script).contains(": \"${CONNECTIONS:=72}\"\n", "connection limit :connections;");
        int services = Roles.BY_DEFAULT.all().size();
        assertThat(manifests
                        .one("StatefulSet", "shop-orderflow-postgresql")
                        .at("/spec/template/spec/containers/0/args/1")
                        .asText())
                .as("every service's and every migrator's, and five for the administrator")
                .isEqualTo("max_connections=" + (services * (72 + 10) + 5));
        assertThat(script).contains("connection limit 10;");
    }

    /** What the chart reckons with is what a pod opens. */
    @Test
    void aPodsPoolIsWhatTheImageSays() throws IOException {
        assertThat(Files.readString(Path.of("../routes/app/src/main/resources/application.yaml")))
                .contains("      maximum-pool-size: 24\n");
    }

    @Test
    void oneMoreIsRefusedUntilTheServerTakesIt() {
        assertThatThrownBy(() -> Installation.SMALL.with(Map.of("roles.orders.replicas", 3)))
                .hasMessageContaining("postgresql.bundled.connections: 72 (expected: at least 96, 24 of each of 3 pods"
                        + " of orders and of one more in an upgrade)");
        Map<String, Object> enough = Map.of("roles.orders.replicas", 3, "postgresql.bundled.connections", 96);
        assertThat(Installation.SMALL
                        .with(enough)
                        .one("ConfigMap", "shop-orderflow-postgresql")
                        .at("/data/roles.sh")
                        .asText())
                .contains(": \"${CONNECTIONS:=96}\"\n");
        assertThatThrownBy(() -> Installation.SMALL.with(Map.of(
                        "roles.payments.autoscaling.enabled", true, "roles.payments.autoscaling.maxReplicas", 3)))
                .hasMessageContaining("24 of each of 3 pods of payments");
    }

    /** In whatever form Spring takes it; the service's own counts. */
    @ParameterizedTest
    @CsvSource({
        "roles.orders.settings.spring.datasource.hikari.maximum-pool-size",
        "roles.orders.settings.spring.datasource.hikari.maximumPoolSize",
        "roles.orders.settings.spring\\.datasource\\.hikari\\.maximum-pool-size",
        "pods.settings.spring.datasource\\.hikari.maximum_pool_size",
    })
    void aPoolOfAnotherSizeCounts(String setting) {
        assertThatThrownBy(() -> Installation.SMALL.with(Map.of(setting, 50)))
                .hasMessageContaining("postgresql.bundled.connections: 72 (expected: at least 100, 50 of each of 1 pods"
                        + " of orders");
        Map<String, Object> both = Map.of(setting, 50, "roles.orders.settings.spring.datasource.hikari.x", 1);
        assertThatThrownBy(() -> Installation.SMALL.with(both)).hasMessageContaining("50 of each of 1 pods of orders");
    }

    /** Variables and options go before the settings' file, so nobody would count them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {pods: {extraEnv: [%s]}                | pods         | SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE | 50
                    {pods: {extraEnv: [%s]}                | pods         | SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE   | 50
                    {roles: {orders: {extraEnv: [%s]}}     | roles.orders | spring_datasource_hikari_maximumPoolSize   | 50
                    {roles: {orders: {extraEnv: [%s]}}     | roles.orders | spring.datasource.hikari.maximum-pool-size | 50
                    {roles: {orders: {extraEnv: [%s]}}     | roles.orders | SPRING_APPLICATION_JSON                    | {"spring.datasource": {"hikari": {"maximum-pool-size": 50}}}
                    {roles: {orders: {extraEnv: [%s]}}     | roles.orders | JDK_JAVA_OPTIONS                           | -Xss1m -Dspring.datasource.hikari.maximum-pool-size=50
                    """)
    void aPoolThatAVariableSetsIsRefusedWhereItCounts(String form, String level, String name, String value) {
        var values = form.formatted("{name: " + name + ", value: '" + value + "'}");
        var refusal = level + ".extraEnv." + name + ": spring.datasource.hikari.maximum-pool-size"
                + " (expected: that setting below " + level + ".settings, where it is counted with the pods)";
        assertThatThrownBy(() -> Installation.SMALL.with(values + "}")).hasMessageContaining(refusal);
        assertThat(Installation.DEFAULT.with(values + "}").all()).isNotEmpty();
        var counted = values + ", postgresql: {external: {databases: {orders: {connections: 1000}}}}}";
        assertThatThrownBy(() -> Installation.DEFAULT.with(counted)).hasMessageContaining(refusal);
    }

    @Test
    void aPoolThatIsNoNumberIsRefusedWhereItCounts() {
        Map<String, Object> referring =
                Map.of("roles.orders.settings.spring.datasource.hikari.maximum-pool-size", "${POOL:50}");
        assertThatThrownBy(() -> Installation.SMALL.with(referring))
                .hasMessageContaining("roles.orders.settings, pods.settings: spring.datasource.hikari.maximum-pool-size"
                        + " ${POOL:50} (expected: a number, which is counted with the pods)");
        assertThat(Installation.DEFAULT.with(referring).all()).isNotEmpty();
    }

    @Test
    void aServerOfOnesOwnIsCheckedWhereItsLimitIsSaid() {
        var value = "postgresql.external.databases.orders.connections";
        assertThatThrownBy(() -> Installation.PRODUCTION.with(Map.of(value, 311)))
                .hasMessageContaining(
                        value + ": 311 (expected: at least 312, 24 of each of 12 pods of orders and of one more");
        assertThat(Installation.PRODUCTION.with(Map.of(value, 312)).all()).isNotEmpty();
        assertThat(Installation.PRODUCTION.with(Map.of(value, 0)).all()).isNotEmpty();
    }
}
