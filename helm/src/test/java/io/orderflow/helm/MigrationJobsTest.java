package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.helm.Manifests.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each schema is brought up to date by a Job of its own, under a login of its own; a new version has a new Job,
 * because a Job cannot be changed.
 */
class MigrationJobsTest {

    @ParameterizedTest
    @EnumSource
    void oneForEachServiceAndNoHook(Installation installation) {
        var jobs = installation
                .manifests()
                .of("Job")
                .filter(MigrationJobsTest::migrates)
                .toList();
        assertThat(jobs).hasSize(installation.roles().all().size()).allSatisfy(job -> assertThat(
                        job.at("/metadata/annotations").has("helm.sh/hook"))
                .isFalse());
        assertThat(installation.manifests().of("ConfigMap").filter(one -> one.at("/data")
                        .has("application.yaml")))
                .hasSize(installation.roles().all().size())
                .as("a service waits for its schema and has no right to change it")
                .allMatch(one -> one.at("/data/application.yaml").asText().contains("schema: await"));
    }

    private static boolean migrates(Manifest job) {
        return job.at("/spec/template/spec/containers/0/args").toString().contains("--migrate");
    }

    @Test
    void anotherImageIsAnotherJobAndAnotherReplicaCountIsNot() {
        assertThat(names(Map.of("image.tag", "0.2.0"))).doesNotContainAnyElementsOf(names(Map.of()));
        assertThat(names(Map.of("image.digest", "sha256:" + "d".repeat(64))))
                .doesNotContainAnyElementsOf(names(Map.of()));
        assertThat(names(Map.of("roles.orders.replicas", 3, "shutdown.camelSeconds", 40)))
                .isEqualTo(names(Map.of()));
    }

    /** A Job that was given up stays so: its database may have come too late for it. */
    @Test
    void whatWasGivenUpIsTriedAgainWhereAnotherAttemptIsAskedFor() {
        assertThat(names(Map.of("migrations.attempt", 2)))
                .hasSameSizeAs(names(Map.of()))
                .doesNotContainAnyElementsOf(names(Map.of()));
        assertThat(names(Map.of("migrations.attempt", 1))).isEqualTo(names(Map.of()));
    }

    /** Which tables there are depends on it, as the service has it. */
    @Test
    void theJobOfPaymentsKnowsTheProvider() {
        assertThat(arguments(Map.of(), "payments")).contains("--orderflow.payments.provider=http");
        assertThat(arguments(Map.of("payments.provider", "simulated"), "payments"))
                .contains("--orderflow.payments.provider=simulated");
        assertThat(arguments(Map.of("roles.payments.settings.orderflow.payments.provider", "simulated"), "payments"))
                .contains("--orderflow.payments.provider=simulated");
        for (var role : Roles.BY_DEFAULT.names()) {
            if (!role.equals("payments")) {
                assertThat(arguments(Map.of(), role)).doesNotContain("provider");
            }
        }
    }

    private static String arguments(Map<String, Object> values, String role) {
        return Installation.DEFAULT
                .with(values)
                .of("Job")
                .filter(job -> job.name().startsWith("shop-orderflow-migrate-" + role + "-"))
                .map(job -> job.at("/spec/template/spec/containers/0/args").toString())
                .findFirst()
                .orElseThrow();
    }

    /** Only a change of what is in it brings a service's pods down one after the other. */
    @Test
    void aPodIsReplacedWhenItsSettingsChangeAndOnlyThen() {
        var before = checksum(Map.of(), "payments");
        assertThat(checksum(Map.of("roles.payments.settings.orderflow.payments.refund-attempts", 5), "payments"))
                .isNotEqualTo(before);
        assertThat(checksum(Map.of("roles.orders.settings.orderflow.orders.deadline", "20m"), "payments"))
                .isEqualTo(before);
    }

    private static List<String> names(Map<String, Object> values) {
        return Installation.DEFAULT
                .with(values)
                .of("Job")
                .filter(MigrationJobsTest::migrates)
                .map(Manifest::name)
                .toList();
    }

    private static String checksum(Map<String, Object> values, String role) {
        return Installation.DEFAULT
                .with(values)
                .one("Deployment", "shop-orderflow-" + role)
                .at("/spec/template/metadata/annotations")
                .path("checksum/config")
                .asText();
    }
}
