package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no cluster takes as a label, an annotation or what selects by one is refused before, wherever it is given. */
class LabelsTest {

    private static final String REFUSED = """
            DEFAULT | {commonLabels: {team: "shop & co"}} | commonLabels.team: "shop & co" (expected: a text of at most 63 letters, digits, -, _ and ., a letter or digit at both ends)
            DEFAULT | {commonLabels: {team: shop-}} | commonLabels.team: "shop-" (expected: a text
            DEFAULT | {commonLabels: {"team/": shop}} | commonLabels: "team/" (expected: a key of at most 63 letters, digits, -, _ and ., a letter or digit at both ends, after a domain and a slash if it has one)
            DEFAULT | {commonLabels: {"": shop}} | commonLabels: "" (expected: a key
            DEFAULT | {commonLabels: {"a/b/c": shop}} | commonLabels: "a/b/c" (expected: a key
            DEFAULT | {commonLabels: {"Example.com/team": shop}} | commonLabels: "Example.com/team" (expected: a key
            DEFAULT | {pods: {labels: {team: "a234567890123456789012345678901234567890123456789012345678901234"}}} | pods.labels.team: "a2345678901234
            DEFAULT | {pods: {labels: {"a234567890123456789012345678901234567890123456789012345678901234": a}}} | pods.labels: "a2345678901234
            DEFAULT | {pods: {annotations: {"a b": "anything, of any length"}}} | pods.annotations: "a b" (expected: a key
            DEFAULT | {roles: {orders: {podAnnotations: {"/b": a}}}} | roles.orders.podAnnotations: "/b" (expected: a key
            DEFAULT | {pods: {nodeSelector: {disks: "very fast"}}} | pods.nodeSelector.disks: "very fast" (expected: a text
            DEFAULT | {pods: {topologySpread: {keys: [kubernetes.io/hostname, "zone:"]}}} | pods.topologySpread.keys[1]: "zone:" (expected: a key
            DEFAULT | {kafka: {topologySpread: {keys: [""]}}} | kafka.topologySpread.keys[0]: "" (expected: a key
            DEFAULT | {kafka: {rackTopologyKey: "a zone"}} | kafka.rackTopologyKey: "a zone" (expected: a key
            DEFAULT | {pods: {tolerations: [{key: "a=b", operator: Exists}]}} | pods.tolerations[0].key: "a=b" (expected: a key
            DEFAULT | {networkPolicy: {ordersFrom: [{podSelector: {matchLabels: {app: 1}}}]}} | networkPolicy.ordersFrom[0].podSelector.matchLabels.app: 1 (expected: a text
            DEFAULT | {smtp: {to: [{podSelector: {}, namespaceSelector: {matchExpressions: [{key: "a b", operator: Exists}]}}]}} | smtp.to[0].namespaceSelector.matchExpressions[0].key: "a b" (expected: a key
            DEFAULT | {smtp: {to: [{podSelector: {matchExpressions: [{key: a, operator: In, values: [b, "c d"]}]}}]}} | smtp.to[0].podSelector.matchExpressions[0].values[1]: "c d" (expected: a text
            DEFAULT | {networkPolicy: {extraEgress: [{to: [{podSelector: {matchLabels: {app: "a b"}}}], ports: [{port: 1}]}]}} | networkPolicy.extraEgress[0].to[0].podSelector.matchLabels.app: "a b" (expected: a text
            DEFAULT | {kafka: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "a b"}]}}}} | kafka.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: "a b" (expected: a key
            DEFAULT | {strimzi: {labels: {team: "a b"}}} | strimzi.labels.team: "a b" (expected: a text
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
        Refusals.areAllIn("_checks_labels.tpl", REFUSED);
    }

    /** By what they are called, so that none is forgotten. */
    @Test
    void everyValueThatIsLabelsOrAnnotationsIsLookedAt() throws IOException {
        var paths =
                new Values(Chart.ROOT).leaves().stream().map(Values.Value::path).toList();
        assertThat(paths.stream().filter(path -> path.matches("(?i).*(labels|nodeSelector)")))
                .hasSizeGreaterThan(8)
                .allSatisfy(path -> assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of(path + ".a", "b c")))
                        .hasMessageContaining(path + ".a: \"b c\" (expected: a text of at most 63"));
        assertThat(paths.stream().filter(path -> path.matches("(?i).*annotations")))
                .hasSizeGreaterThan(12)
                .allSatisfy(path -> assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of(path + ".a b", "c")))
                        .hasMessageContaining(path + ": \"a b\" (expected: a key of at most 63"));
    }

    @Test
    void whatAClusterTakesIsTaken() {
        for (var text : List.of("", "a", "A-1_b.C", "a".repeat(63))) {
            assertThat(Installation.DEFAULT
                            .with("{pods: {labels: {shop.example.com/A-1_b.C: '" + text + "'}},"
                                    + " commonAnnotations: {shop.example.com/" + "a".repeat(63) + ": 'a b, c'}}")
                            .all())
                    .isNotEmpty();
        }
    }
}
