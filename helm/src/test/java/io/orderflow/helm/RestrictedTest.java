package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Pods.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every pod would be let into a namespace that takes restricted pods only, and has more than that: nothing to write
 * to, no token, a limit.
 */
class RestrictedTest {

    private static final Set<String> VOLUMES =
            Set.of("configMap", "secret", "projected", "emptyDir", "persistentVolumeClaim", "csi");

    @ParameterizedTest
    @EnumSource
    void everyPodIsRestricted(Installation installation) {
        assertThat(mistakes(installation.manifests())).isEmpty();
    }

    /** Strimzi makes these pods; their security is the same whatever the operator does by itself. */
    @ParameterizedTest
    @EnumSource
    void soAreThePodsOfKafka(Installation installation) {
        var manifests = installation.manifests();
        assertThat(manifests.of("Kafka"))
                .allSatisfy(kafka -> restricted(
                        kafka.at("/spec/entityOperator/template"), "topicOperatorContainer", "userOperatorContainer"));
        assertThat(manifests.of("KafkaNodePool"))
                .allSatisfy(pool -> restricted(pool.at("/spec/template"), "kafkaContainer", "initContainer"));
    }

    /** Its own chart, played here by the part that takes these values, gives the rest. */
    @Test
    void soIsTheOperatorOfTheRelease() throws IOException {
        var chart = Chart.copy();
        var templates = Files.createDirectories(chart.folder().resolve("charts/strimzi-kafka-operator/templates"));
        Files.writeString(templates.resolve("deployment.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: strimzi-cluster-operator, namespace: {{ .Release.Namespace }}}
                spec:
                  selector: {matchLabels: {name: strimzi-cluster-operator}}
                  template:
                    metadata: {labels: {name: strimzi-cluster-operator}}
                    spec:
                      securityContext: {{ toJson .Values.podSecurityContext }}
                      containers:
                        - name: strimzi-cluster-operator
                          image: quay.io/strimzi/operator:1.2.0
                          securityContext: {{ toJson .Values.securityContext }}
                          resources: {{ toJson .Values.resources }}
                """);
        var manifests = Installation.SMALL.with(chart, "{pods: {platformUserIds: true}}");
        assertThat(manifests
                        .one("Deployment", "strimzi-cluster-operator")
                        .content()
                        .findValue("runAsUser"))
                .isNull();
        assertThat(Rules.mistakes(manifests)).isEmpty();
        assertThat(mistakes(manifests).stream().filter(mistake -> mistake.contains("strimzi-cluster-operator")))
                .as("it speaks to Kubernetes, and its image has a user")
                .allMatch(mistake ->
                        mistake.endsWith(": automountServiceAccountToken") || mistake.endsWith(": runAsUser"))
                .hasSize(2);
    }

    private static void restricted(JsonNode template, String... containers) {
        var pod = template.at("/pod/securityContext");
        assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        for (var container : containers) {
            var security = template.at("/" + container + "/securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "_helpers.tpl,   'runAsNonRoot: true',              'runAsNonRoot: false',            runAsNonRoot",
        "_helpers.tpl,   'allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true', allowPrivilegeEscalation",
        "_helpers.tpl,   'drop: [ALL]',                     'drop: [NET_RAW]',                drop",
        "_helpers.tpl,   'type: RuntimeDefault',            'type: Unconfined',               seccompProfile",
        "_helpers.tpl,   'readOnlyRootFilesystem: true',    'readOnlyRootFilesystem: false',  readOnlyRootFilesystem",
        "mailbox.yaml,   'limits: {memory: 128Mi}',         'limits: {cpu: 1}',               limits",
        "deployments.yaml, 'automountServiceAccountToken: false', 'automountServiceAccountToken: true', automountServiceAccountToken",
        "postgresql.yaml,'- {name: run, emptyDir: {sizeLimit: 16Mi}}', '- {name: run, hostPath: {path: /run}}', hostPath",
    })
    void aSlipIsFound(String template, String right, String wrong, String named) {
        var chart = Chart.copy().with("templates/" + template, right, wrong);
        assertThat(mistakes(Installation.SMALL.renderedBy(chart)))
                .isNotEmpty()
                .allMatch(mistake -> mistake.contains(named));
    }

    static List<String> mistakes(Manifests manifests) {
        List<String> mistakes = new ArrayList<>();
        Pods.in(manifests).forEach(pod -> {
            var security = pod.spec().path("securityContext");
            expect(mistakes, pod, security.at("/runAsNonRoot").asBoolean(), "runAsNonRoot");
            expect(mistakes, pod, security.at("/runAsUser").asInt() > 0, "runAsUser");
            expect(
                    mistakes,
                    pod,
                    security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                    "seccompProfile");
            var token = pod.spec().path("automountServiceAccountToken");
            expect(mistakes, pod, token.isBoolean() && !token.asBoolean(), "automountServiceAccountToken");
            for (var shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
                expect(mistakes, pod, !pod.spec().path(shared).asBoolean(), shared);
            }
            each(pod.spec().path("volumes"))
                    .flatMap(volume -> volume.properties().stream())
                    .map(Map.Entry::getKey)
                    .filter(key -> !key.equals("name"))
                    .forEach(kind -> expect(mistakes, pod, VOLUMES.contains(kind), kind));
            pod.containers().forEach(container -> container(mistakes, pod, container));
        });
        return mistakes;
    }

    private static void container(List<String> mistakes, Pod pod, JsonNode container) {
        var security = container.path("securityContext");
        expect(mistakes, pod, !security.path("allowPrivilegeEscalation").asBoolean(true), "allowPrivilegeEscalation");
        expect(mistakes, pod, security.path("readOnlyRootFilesystem").asBoolean(), "readOnlyRootFilesystem");
        expect(mistakes, pod, security.at("/capabilities/drop").toString().equals("[\"ALL\"]"), "drop");
        expect(mistakes, pod, !security.at("/capabilities").has("add"), "add");
        expect(mistakes, pod, !security.path("privileged").asBoolean(), "privileged");
        expect(mistakes, pod, !container.at("/resources/limits/memory").asText().isEmpty(), "limits.memory");
        expect(mistakes, pod, !container.at("/resources/requests/cpu").asText().isEmpty(), "requests.cpu");
        var image = container.path("image").asText();
        expect(
                mistakes,
                pod,
                image.matches("[^:@]+(:[0-9]+/[^:@]+)?(:[\\w.-]+)?(@sha256:[0-9a-f]{64})?")
                        && image.matches(".*[:@][^/]*")
                        && !image.contains(":latest"),
                "image " + image);
    }

    private static void expect(List<String> mistakes, Pod pod, boolean right, String what) {
        if (!right) {
            mistakes.add(pod + ": " + what);
        }
    }
}
