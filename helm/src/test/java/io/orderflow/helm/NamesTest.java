package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.helm.Manifests.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name fits where it stands, whatever the release is called, and is nobody else's. */
class NamesTest {

    /** The longest that Helm takes. */
    private static final String LONGEST = "shop-production-europe-west-one-and-all-of-it-together";

    private static final String REFUSED = """
            DEFAULT | {fullnameOverride: Shop_1}           | /fullnameOverride
            DEFAULT | {fullnameOverride: 1shop}            | /fullnameOverride
            DEFAULT | {fullnameOverride: shop-}            | /fullnameOverride
            DEFAULT | {fullnameOverride: shop.v2}          | /fullnameOverride
            DEFAULT | {nameOverride: Shop_1}               | /nameOverride
            EXISTING_CLUSTER | {kafka: {existingCluster: shared.eu}} | /kafka/existingCluster
            EXISTING_CLUSTER | {kafka: {existingCluster: shared-production-europe-west-one-and-all-of-it1}} | /kafka/existingCluster
            DEFAULT | {roles: {payments: {existingSecret: payments}}} | roles.payments.existingSecret: payments (expected: a Secret of another name; Strimzi writes its own over this one)
            DEFAULT | {imagePullSecrets: [{name: registry}, {name: orders}]} | imagePullSecrets[1].name: orders (expected: a Secret
            DEFAULT | {postgresql: {external: {databases: {orders: {existingSecret: orders}}}}} | postgresql.external.databases.orders.existingSecret: orders (expected: a Secret
            DEFAULT | {postgresql: {external: {databases: {orders: {migratorSecret: inventory}}}}} | postgresql.external.databases.orders.migratorSecret: inventory (expected: a Secret
            DEFAULT | {postgresql: {external: {caSecret: {name: orderflow-cluster-ca-cert}}}} | postgresql.external.caSecret.name: orderflow-cluster-ca-cert (expected: a Secret
            SMALL   | {postgresql: {bundled: {existingSecret: orders}}} | postgresql.bundled.existingSecret: orders (expected: a Secret
            DEFAULT | {payments: {http: {existingSecret: payments}}} | payments.http.existingSecret: payments (expected: a Secret
            DEFAULT | {smtp: {existingSecret: notifications}}  | smtp.existingSecret: notifications (expected: a Secret
            DEFAULT | {ingress: {tlsSecret: orders}}       | ingress.tlsSecret: orders (expected: a Secret
            DEFAULT | {testOrder: {tokenSecret: orders, sku: mug}} | testOrder.tokenSecret: orders (expected: a Secret
            EXISTING_CLUSTER | {smtp: {existingSecret: shared-clients-ca}} | smtp.existingSecret: shared-clients-ca (expected: a Secret
            """;

    @ParameterizedTest
    @MethodSource
    void itIsRefused(Installation installation, String values, String message) {
        assertThatThrownBy(() -> installation.with(values)).hasMessageContaining(message);
    }

    static Stream<Arguments> itIsRefused() {
        return Refusals.in(REFUSED);
    }

    /** Every value whose name says so, in all that there are. */
    @Test
    void everySecretThatCanBeNamedIsLookedAt() throws IOException {
        assertThat(new Values(Chart.ROOT)
                        .leaves().stream()
                                .map(Values.Value::path)
                                .filter(path -> path.matches("(?i).*secret(\\.name)?"))
                                .filter(path -> !path.startsWith("strimzi"))
                                .toList())
                .hasSizeGreaterThan(15)
                .allSatisfy(path -> assertThatThrownBy(() -> Installation.DEFAULT.with(Map.of(path, "orders")))
                        .hasMessageContaining(path + ": orders (expected: a Secret of another name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.v2", "1shop"})
    void aReleaseWhoseNameNoServiceMayHaveIsRefused(String release) {
        assertThatThrownBy(() -> Installation.DEFAULT.as(release, "{}"))
                .hasMessageContaining("name of the release: " + release + " (expected: a to z, 0 to 9 and -, a letter");
        assertThat(Installation.DEFAULT.as(release, "{fullnameOverride: shop}").one("Service", "shop-orders"))
                .isNotNull();
    }

    /** Labels take 63, Services are names of hosts, and what makes pods adds to its own name. */
    @ParameterizedTest
    @EnumSource
    void everyNameFitsInTheLongestRelease(Installation installation) {
        assertThat(LONGEST).hasSizeGreaterThan(52);
        for (var values : List.of("{fullnameOverride: ''}", "{fullnameOverride: " + "a".repeat(40) + "}")) {
            var manifests = installation.as(LONGEST.substring(0, 53), values);
            assertThat(manifests.all()).allSatisfy(one -> {
                assertThat(one.name()).matches("[a-z]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(most(one));
                assertThat(one.at("/metadata/labels").properties())
                        .allMatch(label -> label.getValue().asText().length() <= 63);
            });
            assertThat(Rules.mistakes(manifests)).isEmpty();
        }
    }

    private static int most(Manifest one) {
        return switch (one.kind()) {
            // "-" and five more in each pod's name.
            case "Job" -> 63 - 6;
            // "-" and ten more in its pods' label controller-revision-hash.
            case "StatefulSet" -> 63 - 11;
            default -> 63;
        };
    }

    @Test
    void twoReleasesThatBeginAlikeShareNoName() {
        var one = names(Installation.SMALL.as(LONGEST.substring(0, 50) + "-a", "{}"));
        var other = names(Installation.SMALL.as(LONGEST.substring(0, 50) + "-b", "{}"));
        assertThat(one).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(other);
    }

    /** A dependency's alias is its chart's name, of any length, and nothing else tells two of them apart. */
    @Test
    void twoAliasesThatBeginAlikeShareNoNameAndSelectNoPodOfTheOther() {
        var alias = "orderflow-production-europe-west-one-and-all-of-it";
        var one =
                Installation.SMALL.renderedBy(Chart.copy().with("Chart.yaml", "name: orderflow", "name: " + alias + 1));
        var other =
                Installation.SMALL.renderedBy(Chart.copy().with("Chart.yaml", "name: orderflow", "name: " + alias + 2));
        assertThat(names(one)).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(names(other));
        assertThat(Pods.in(one)).isNotEmpty().allSatisfy(pod -> assertThat(other.of("Deployment", "StatefulSet"))
                .isNotEmpty()
                .noneMatch(owner -> Pods.selects(owner.at("/spec/selector/matchLabels"), pod.labels())));
        assertThat(Rules.mistakes(one)).isEmpty();
    }

    @Test
    void anAliasThatNoServiceMayHaveIsRefused() {
        var chart = Chart.copy().with("Chart.yaml", "name: orderflow", "name: Shop_1");
        assertThatThrownBy(() -> Installation.DEFAULT.renderedBy(chart))
                .hasMessageContaining(
                        "name of the chart: Shop_1 (expected: a to z, 0 to 9 and -, as Services are named, "
                                + "where a dependency has an alias, too; or such a nameOverride or fullnameOverride)");
    }

    /** Who packs the chart anew may call its version as he likes. */
    @Test
    void aVersionFitsIntoItsLabels() throws IOException {
        var version = ChartFile.version(Chart.ROOT);
        var built = version + "+" + "a1.".repeat(30) + "z";
        var manifests = Installation.SMALL.renderedBy(Chart.copy().with("Chart.yaml", version, built));
        assertThat(manifests.all()).hasSizeGreaterThan(20).allSatisfy(one -> assertThat(
                        one.at("/metadata/labels").properties())
                .allMatch(label -> label.getValue().asText().matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")));
    }

    /** Without Kafka's, which are called after what they are. */
    private static Set<String> names(Manifests manifests) {
        return manifests.all().stream()
                .filter(manifest -> !manifest.kind().startsWith("Kafka"))
                .map(manifest -> manifest.kind() + " " + manifest.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whoever has one of these finds it as it was. */
    @ParameterizedTest
    @CsvSource({
        "shop,                           shop-orderflow",
        "orderflow,                      orderflow",
        "my-orderflow-1,                 my-orderflow-1",
        "shop-production-europe-west-01, shop-production-europe-west-01-orderflow",
    })
    void aNameThatFitsStaysWhole(String release, String prefix) {
        var manifests = Installation.DEFAULT.as(release, "{}");
        assertThat(names(manifests))
                .contains(
                        "Deployment " + prefix + "-orders",
                        "Service " + prefix + "-notifications",
                        "NetworkPolicy " + prefix + "-migrate-notifications");
        if (prefix.length() < 20) {
            assertThat(manifests.of("Job").map(Manifest::name))
                    .anyMatch(name -> name.matches(prefix + "-migrate-notifications-[0-9a-f]{8}"));
        }
    }

    @Test
    void everyCheckIsTried() throws IOException {
        Refusals.areAllIn(
                "_checks_names.tpl",
                REFUSED + "name of the release: shop.v2 (expected: a to z, 0 to 9 and -, "
                        + "a letter first, as Services are named; or such a fullnameOverride) "
                        + "name of the chart: Shop_1 (expected: a to z, 0 to 9 and -, as Services are named, "
                        + "where a dependency has an alias, too; or such a nameOverride or fullnameOverride)");
    }
}
