package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What contradicts itself, or lacks what it needs, is refused with the value to change. */
class ChecksTest {

    private static final String CASES = """
            DEFAULT    | identity.issuer=                                   | identity.issuer: missing
            DEFAULT    | identity.audience=                                 | identity.audience: missing
            DEFAULT    | identity.keys=                                     | identity.keys: one of two
            DEFAULT    | identity.keysConfigMap.name=keys                   | identity.keys: one of two
            SMALL      | networkPolicy.enabled=false                        | identity.mode: none
            SMALL      | networkPolicy.ordersFrom[0].podSelector.a=b        | identity.mode: none
            SMALL      | networkPolicy.stockFrom[0].podSelector.a=b         | identity.mode: none
            SMALL      | networkPolicy.operatorsFrom[0].podSelector.a=b     | identity.mode: none
            SMALL      | ingress.enabled=true                               | identity.mode: none
            SMALL      | httpRoute.enabled=true                             | identity.mode: none
            SMALL      | roles.orders.replicas=4                            | roles.orders.replicas: 4 (expected: at most 3, the partitions
            DEFAULT    | kafka.partitions=1                                 | roles.payments.replicas: 2 (expected: at most 1
            PRODUCTION | roles.inventory.autoscaling.maxReplicas=25         | roles.inventory.autoscaling.maxReplicas: 25 (expected: at most 24, the partitions
            PRODUCTION | roles.inventory.autoscaling.minReplicas=13         | roles.inventory.autoscaling.minReplicas: 13 (expected: at most maxReplicas, 12)
            DEFAULT    | roles.orders.resources.limits.memory=              | roles.orders.resources.limits.memory: missing
            DEFAULT    | retention.contactDays=14                           | retention.contactDays: 14 (expected: at least topicDays, releaseDays and one more, 15
            DEFAULT    | shutdown.drainSeconds=20                           | shutdown.drainSeconds: 20 (expected: less than shutdown.httpSeconds, 20
            DEFAULT    | kafka.replicas=4                                   | kafka.replicas: 4 (expected: at most kafka.brokers, 3)
            DEFAULT    | kafka.topicFinalizers=true                         | kafka.topicFinalizers, kafka.retainOnUninstall: true
            DEFAULT    | kafka.retainOnUninstall=true                       | kafka.topicFinalizers, kafka.retainOnUninstall: true
            DEFAULT    | kafka.topics.orders.config.a=b                     | kafka.topics.orders: unknown
            DEFAULT    | kafka.topics.order_events.config.retention\\.ms=1   | kafka.topics.order_events.config: retention.ms
            DEFAULT    | kafka.topics.order_events.config.segment\\.ms=1     | kafka.topics.order_events.config: segment.ms
            DEFAULT    | kafka.topics.order_events.config.cleanup\\.policy=x | kafka.topics.order_events.config: cleanup.policy
            DEFAULT    | kafka.topics.order_events.config.message\\.timestamp\\.type=x | kafka.topics.order_events.config: message.timestamp.type
            EXTERNAL_KAFKA | kafka.external.bootstrap=                      | kafka.external.bootstrap: missing
            EXTERNAL_KAFKA | kafka.external.secrets.payments=               | kafka.external.secrets.payments: missing
            EXTERNAL_KAFKA | strimzi.enabled=true                           | strimzi.enabled: true
            SMALL      | postgresql.bundled.existingSecret=                 | postgresql.bundled.existingSecret: missing
            DEFAULT    | postgresql.external.host=                          | postgresql.external.databases.notifications.host: missing
            DEFAULT    | postgresql.external.databases.orders.existingSecret=   | postgresql.external.databases.orders.existingSecret: missing
            DEFAULT    | postgresql.external.databases.payments.migratorSecret= | postgresql.external.databases.payments.migratorSecret: missing
            DEFAULT    | postgresql.external.caSecret.name=                 | postgresql.external.caSecret.name: missing
            EVERYTHING | trust.bundle.secret=authorities                    | trust.bundle.configMap, trust.bundle.secret: both
            DEFAULT    | payments.provider=                                 | payments.provider: missing
            DEFAULT    | payments.http.url=                                 | payments.http.url: missing
            DEFAULT    | payments.http.existingSecret=                      | payments.http.existingSecret: missing
            DEFAULT    | testOrder.tokenSecret=customer                     | testOrder.sku: missing
            DEFAULT    | smtp.host=                                         | smtp.host: missing
            DEFAULT    | smtp.sender=                                       | smtp.sender: missing
            DEFAULT    | ingress.enabled=true                               | ingress.host: missing
            DEFAULT    | ingress.enabled=true                               | ingress.tlsSecret: missing
            DEFAULT    | httpRoute.enabled=true                             | httpRoute.parentRefs: missing
            DEFAULT    | httpRoute.enabled=true                             | httpRoute.hostnames: missing
            """;

    @ParameterizedTest
    @MethodSource("cases")
    void itIsRefused(Installation installation, String value, String message) {
        var name = value.substring(0, value.lastIndexOf('='));
        assertThatThrownBy(() -> installation.with(Map.of(name, value.substring(value.lastIndexOf('=') + 1))))
                .hasMessageContaining(message);
    }

    static Stream<Arguments> cases() {
        return CASES.lines()
                .map(line -> line.split("\\s*\\|\\s*"))
                .map(parts -> Arguments.of(Installation.valueOf(parts[0]), parts[1], parts[2]));
    }

    @Test
    void everyCheckHasACase() throws Exception {
        var template = Files.readString(Path.of("orderflow/templates/_checks.tpl"));
        var checks = Pattern.compile("append \\$wrong \\(?(?:printf )?\"([^\"%:]+)")
                .matcher(template)
                .results()
                .map(check -> check.group(1))
                .collect(Collectors.toSet());
        assertThat(checks).hasSizeGreaterThan(10);
        assertThat(checks).allSatisfy(check -> assertThat(CASES).contains(check));
    }

    /** A time that everything else fits into. */
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "5, 20, 30", "25, 600, 600"})
    void kubernetesWaitsLongerThanThePodNeedsToGo(int drain, int http, int camel) {
        var manifests = Installation.DEFAULT.with(
                Map.of("shutdown.drainSeconds", drain, "shutdown.httpSeconds", http, "shutdown.camelSeconds", camel));
        assertThat(manifests
                        .one("Deployment", "shop-orderflow-orders")
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThan(drain + http + camel);
        assertThat(manifests
                        .one("ConfigMap", "shop-orderflow-orders")
                        .at("/data/application.yaml")
                        .asText())
                .contains(
                        "drain: " + drain + "s",
                        "timeout-per-shutdown-phase: " + http + "s",
                        "shutdown-timeout: " + camel);
    }
}
