package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is set past the values that the chart's ports, rules and checks go by, in whatever form Spring takes it. */
class SettingsTest {

    private static final String REFUSED = """
            DEFAULT | {pods: {settings: {server: {port: 80}}}} | pods.settings: server.port (expected: none; Services, probes and rules go by the chart's own port)
            DEFAULT | {roles: {orders: {extraEnv: [{name: MANAGEMENT_SERVER_PORT, value: "80"}]}}} | roles.orders.extraEnv.MANAGEMENT_SERVER_PORT: management.server.port (expected: none
            DEFAULT | {roles: {orders: {settings: {orderflow.ops.port: 80}}}} | roles.orders.settings: orderflow.ops.port (expected: none
            DEFAULT | {pods: {settings: {orderflow: {identity: {mode: none}}}}} | pods.settings: orderflow.identity.mode (expected: the value identity.mode, which rules and checks go by)
            DEFAULT | {pods: {extraEnv: [{name: ORDERFLOW_IDENTITY_INSECURE_TRUST_EVERYONE, value: "true"}]}} | pods.extraEnv.ORDERFLOW_IDENTITY_INSECURE_TRUST_EVERYONE: orderflow.identity.insecure-trust-everyone (expected: the value identity.mode
            DEFAULT | {pods: {extraEnv: [{name: ORDERFLOW_IDENTITY_INSECURETRUSTEVERYONE, value: "true"}]}} | pods.extraEnv.ORDERFLOW_IDENTITY_INSECURETRUSTEVERYONE: orderflow.identity.insecure-trust-everyone (expected: the value
            DEFAULT | {pods: {javaOptions: "-Xmx1g -Dorderflow.identity.mode=none"}} | pods.javaOptions: orderflow.identity.mode (expected: the value
            DEFAULT | {roles: {orders: {extraEnv: [{name: SPRING_APPLICATION_JSON, value: '{"orderflow.identity": {"keys": "file:/tmp/keys"}}'}]}}} | roles.orders.extraEnv.SPRING_APPLICATION_JSON: orderflow.identity.keys (expected: the value identity.keys
            DEFAULT | {roles: {orders: {settings: {orderflow: {messaging: {brokers: "a:1"}}}}}} | roles.orders.settings: orderflow.messaging.brokers (expected: the value kafka.external.bootstrap
            DEFAULT | {roles: {orders: {settings: {orderflow: {messaging: {topicRetention: 1d}}}}}} | roles.orders.settings: orderflow.messaging.topic-retention (expected: the value retention.topicDays
            DEFAULT | {roles: {notifications: {settings: {orderflow: {notifications: {smtp_host: mail}}}}}} | roles.notifications.settings: orderflow.notifications.smtp-host (expected: the value smtp.host
            DEFAULT | {roles: {payments: {settings: {orderflow: {payments: {http: {url: "https://a"}}}}}}} | roles.payments.settings: orderflow.payments.http.url (expected: the value payments.http.url
            DEFAULT | {roles: {payments: {settings: {camel: {main: {shutdown-timeout: 90}}}}}} | roles.payments.settings: camel.main.shutdown-timeout (expected: the value shutdown.camelSeconds
            DEFAULT | {pods: {extraEnv: [{name: SPRING_DATASOURCE_URL, value: "jdbc:postgresql://a/b"}]}} | pods.extraEnv.SPRING_DATASOURCE_URL: spring.datasource.url (expected: the value postgresql.external.host
            DEFAULT | {pods: {extraEnv: [{name: ORDERFLOW_MESSAGING_SPANS_TO, value: "http://a:4318"}]}} | pods.extraEnv.ORDERFLOW_MESSAGING_SPANS_TO: orderflow.messaging.spans-to (expected: the value monitoring.spansTo
            DEFAULT | {roles: {orders: {settings: {orderflow: {console: {roles: {orders: "http://a"}}}}}}} | roles.orders.settings: orderflow.console.roles or figures (expected: none; rules go by the release's own Services)
            DEFAULT | {roles: {console: {extraEnv: [{name: ORDERFLOW_CONSOLE_FIGURES_ORDERS, value: "http://a"}]}}, console: {enabled: true}} | roles.console.extraEnv.ORDERFLOW_CONSOLE_FIGURES_ORDERS: orderflow.console.roles or figures (expected: none
            SMALL   | {pods: {extraEnv: [{name: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE, value: "1"}]}} | pods.extraEnv.SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: spring.datasource.hikari.maximum-pool-size (expected: that setting below pods.settings, where it is counted with the pods)
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
        Refusals.areAllIn("_checks_settings.tpl", REFUSED);
    }

    /** Every other setting and variable is the installation's own affair. */
    @Test
    void whatNothingGoesByIsTaken() {
        var manifests = Installation.DEFAULT.with("""
                {pods: {extraEnv: [{name: SERVER_PORTS, value: "1"}, {name: SPRING_APPLICATION_JSON, value: "no JSON"}],
                        settings: {server: {tomcat: {threads: {max: 10}}}, orderflow: {orders: {port: 1}}}}}""");
        assertThat(manifests
                        .one("ConfigMap", "shop-orderflow-orders")
                        .at("/data/application.yaml")
                        .asText())
                .contains("max: 10");
    }
}
