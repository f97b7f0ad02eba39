package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Manifests.Manifest;
import io.orderflow.helm.Pods.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a resource names is there: in the rendering, made by Strimzi, or on the committed list of what an
 * installation brings along.
 */
class ReferencesTest {

    /** Volumes of ConfigMaps that an installation brings along: the issuer's keys and own authorities. */
    private static final Set<String> BROUGHT_ALONG = Set.of("identity", "trust");

    @ParameterizedTest
    @EnumSource
    void everySelectorSelectsPodsOfOurs(Installation installation) {
        var manifests = installation.manifests();
        var pods = Pods.in(manifests).toList();
        assertThat(manifests.of("Deployment", "StatefulSet")).allSatisfy(one -> assertThat(
                        Pods.selects(one.at("/spec/selector/matchLabels"), one.at("/spec/template/metadata/labels")))
                .isTrue());
        assertThat(manifests.of("Service")).allSatisfy(one -> assertThat(selected(pods, one.at("/spec/selector")))
                .as("%s", one)
                .hasSize(1));
        assertThat(manifests.of("PodDisruptionBudget"))
                .allSatisfy(one -> assertThat(selected(pods, one.at("/spec/selector/matchLabels")))
                        .as("%s", one)
                        .hasSize(1));
        assertThat(pods).allSatisfy(pod -> assertThat(each(pod.spec().path("topologySpreadConstraints")))
                .allMatch(spread -> Pods.selects(spread.at("/labelSelector/matchLabels"), pod.labels())));
        // The listener's peers are among our pods, one for each service, but for those of other namespaces.
        assertThat(manifests
                        .of("Kafka")
                        .flatMap(one -> each(one.at("/spec/kafka/listeners/0/networkPolicyPeers")))
                        .filter(peer -> !peer.has("namespaceSelector")))
                .allSatisfy(peer -> assertThat(selected(pods, peer.at("/podSelector/matchLabels")))
                        .hasSize(1));
    }

    private static List<Pod> selected(List<Pod> pods, JsonNode matchLabels) {
        return pods.stream()
                .filter(pod -> Pods.selects(matchLabels, pod.labels()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyPortThatIsNamedIsThere(Installation installation) {
        var manifests = installation.manifests();
        var pods = Pods.in(manifests).toList();
        for (var pod : pods) {
            pod.containers()
                    .flatMap(container -> Stream.of("startupProbe", "readinessProbe", "livenessProbe")
                            .map(probe -> container.at("/" + probe + "/httpGet/port")))
                    .filter(port -> !port.isMissingNode())
                    .forEach(port -> Pods.port(pod, port));
        }
        manifests.of("Service").forEach(service -> {
            for (var port : service.at("/spec/ports")) {
                selected(pods, service.at("/spec/selector")).forEach(pod -> Pods.port(pod, port.path("targetPort")));
            }
        });
        manifests.of("Ingress").flatMap(ReferencesTest::paths).forEach(path -> {
            var service = path.at("/backend/service");
            assertThat(servicePorts(manifests, service.path("name").asText()))
                    .contains(service.at("/port/name").asText());
        });
        manifests
                .of("HTTPRoute")
                .flatMap(route -> each(route.at("/spec/rules")))
                .forEach(rule -> {
                    for (var backend : rule.path("backendRefs")) {
                        assertThat(servicePorts(manifests, backend.path("name").asText()))
                                .contains(backend.path("port").asText());
                    }
                });
        manifests
                .of("HorizontalPodAutoscaler")
                .forEach(one -> manifests.one(
                        "Deployment", one.at("/spec/scaleTargetRef/name").asText()));
    }

    private static Stream<JsonNode> paths(Manifest ingress) {
        return each(ingress.at("/spec/rules")).flatMap(rule -> each(rule.at("/http/paths")));
    }

    private static Set<String> servicePorts(Manifests manifests, String service) {
        Set<String> ports = new TreeSet<>();
        for (var port : manifests.one("Service", service).at("/spec/ports")) {
            ports.add(port.path("name").asText());
            ports.add(port.path("port").asText());
        }
        return ports;
    }

    @ParameterizedTest
    @EnumSource
    void everyAccountAndConfigurationIsInTheRendering(Installation installation) {
        var manifests = installation.manifests();
        for (var pod : (Iterable<Pod>) Pods.in(manifests)::iterator) {
            var account = manifests.one(
                    "ServiceAccount", pod.spec().path("serviceAccountName").asText());
            assertThat(account.at("/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            for (var volume : pod.spec().path("volumes")) {
                if (volume.has("configMap")
                        && !BROUGHT_ALONG.contains(volume.path("name").asText())) {
                    var items = volume.at("/configMap/items");
                    var map = manifests.one(
                            "ConfigMap", volume.at("/configMap/name").asText());
                    assertThat(each(items)).allMatch(item -> map.at("/data")
                            .has(item.path("key").asText()));
                }
            }
            assertThat(each(pod.spec().path("volumes"))
                            .map(volume -> volume.path("name").asText()))
                    .as("%s: a volume for each mount and the other way round", pod)
                    .containsExactlyInAnyOrderElementsOf(mounts(pod));
        }
    }

    private static Set<String> mounts(Pod pod) {
        Set<String> mounts = new TreeSet<>();
        pod.containers()
                .flatMap(container -> each(container.path("volumeMounts")))
                .forEach(mount -> mounts.add(mount.path("name").asText()));
        each(pod.owner().at("/spec/volumeClaimTemplates"))
                .forEach(claim -> mounts.remove(claim.at("/metadata/name").asText()));
        return mounts;
    }

    /** What an installation has to bring along, and which pods see which of its keys: a person reads each change. */
    @Test
    void theSecretsThatAnInstallationNeedsAreOnTheList() throws IOException {
        assertThat(Secrets.reviewed(Installation.rendered()))
                .as(RenderedTest.MEND)
                .isEqualTo(Files.readString(Rendered.SECRETS));
    }

    @ParameterizedTest
    @EnumSource
    void noSecretIsInTheEnvironment(Installation installation) {
        assertThat(Pods.in(installation.manifests()))
                .allSatisfy(pod -> assertThat(pod.containers().flatMap(container -> each(container.path("env"))))
                        .as("%s", pod)
                        .noneMatch(variable -> variable.has("valueFrom")));
    }

    @Test
    void noSecretIsPartOfTheChart() {
        assertThat(Arrays.stream(Installation.values())
                        .flatMap(installation -> installation.manifests().of("Secret")))
                .isEmpty();
    }
}
