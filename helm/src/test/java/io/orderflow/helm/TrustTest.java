package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Pods.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle of own authorities is where the services read it, and the database's where nothing else names its own. */
class TrustTest {

    private static final String NO_SECRET = ", postgresql: {external: {caSecret: {name: ''}}}}";

    @ParameterizedTest
    @ValueSource(strings = {"configMap", "secret"})
    void theBundleIsMountedAsAFolderInServicesAndMigrations(String kind) {
        var manifests = Installation.PRODUCTION.with("{trust: {bundle: {" + kind + ": ours, key: bundle.pem}}}");

        var pods =
                Pods.in(manifests).filter(pod -> mount(pod, "database") != null).toList();
        assertThat(pods).hasSizeGreaterThan(7).allSatisfy(pod -> {
            assertThat(mount(pod, "trust").path("mountPath").asText()).isEqualTo("/etc/orderflow/trust");
            assertThat(mount(pod, "trust").has("subPath")).isFalse();
            var volume = each(pod.spec().path("volumes"))
                    .filter(one -> one.path("name").asText().equals("trust"))
                    .findFirst()
                    .orElseThrow()
                    .path(kind);
            assertThat(List.of(
                            volume.path("name").asText(),
                            volume.path("secretName").asText()))
                    .contains("ours");
            assertThat(volume.at("/items/0").toString()).isEqualTo("{\"key\":\"bundle.pem\",\"path\":\"ca.crt\"}");
        });
        assertThat(manifests
                        .one("ConfigMap", "shop-orderflow-payments")
                        .at("/data")
                        .toString())
                .contains("bundle: /etc/orderflow/trust/ca.crt", "sslmode=verify-full")
                .contains("sslrootcert=/etc/orderflow/database/ca.crt");
    }

    @Test
    void theDatabaseIsBelievedByTheBundleWhereNoSecretNamesItsAuthority() {
        var manifests = Installation.PRODUCTION.with("{trust: {bundle: {configMap: ours}}" + NO_SECRET);

        assertThat(Pods.in(manifests).filter(pod -> mount(pod, "database") != null))
                .isEmpty();
        assertThat(manifests.of("Job")).hasSizeGreaterThan(3).allSatisfy(job -> assertThat(
                        job.at("/spec").toString())
                .contains(
                        "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
                        "--orderflow.trust.bundle=/etc/orderflow/trust/ca.crt",
                        "\"mountPath\":\"/etc/orderflow/trust\""));
        assertThat(manifests
                        .one("ConfigMap", "shop-orderflow-orders")
                        .at("/data")
                        .toString())
                .contains("sslmode=verify-full", "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory")
                .doesNotContain("sslrootcert");
    }

    @Test
    void withoutEitherNothingIsRendered() {
        assertThatThrownBy(() -> Installation.PRODUCTION.with("{trust: {bundle: {configMap: ''}}" + NO_SECRET))
                .hasMessageContaining(
                        "postgresql.external.caSecret.name: missing (expected: a Secret with the authority of"
                                + " the server's certificate, or trust.bundle, because sslMode is verify-full)");
        assertThatThrownBy(() -> Installation.PRODUCTION.with("{trust: {bundle: {configMap: a, secret: b}}}"))
                .hasMessageContaining("trust.bundle.configMap, trust.bundle.secret: both (expected: one of them)");
    }

    private static JsonNode mount(Pod pod, String name) {
        return pod.containers()
                .flatMap(container -> each(container.path("volumeMounts")))
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElse(null);
    }
}
