package io.orderflow.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Manifests.Manifest;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The pods that a rendering leads to. */
final class Pods {

    private Pods() {}

    /** A pod, or what makes some: its labels and its specification. */
    record Pod(Manifest owner, JsonNode labels, JsonNode spec) {

        Stream<JsonNode> containers() {
            return Stream.concat(each(spec.path("containers")), each(spec.path("initContainers")));
        }

        String component() {
            return labels.path("app.kubernetes.io/component").asText();
        }

        @Override
        public String toString() {
            return owner.toString();
        }
    }

    static Stream<Pod> in(Manifests manifests) {
        return manifests
                .of("Deployment", "StatefulSet", "Job", "Pod")
                .map(one -> one.kind().equals("Pod")
                        ? new Pod(one, one.at("/metadata/labels"), one.at("/spec"))
                        : new Pod(one, one.at("/spec/template/metadata/labels"), one.at("/spec/template/spec")));
    }

    /** Whether a selector's labels are all there. */
    static boolean selects(JsonNode matchLabels, JsonNode labels) {
        return !matchLabels.isEmpty()
                && matchLabels.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** The number behind a port's name, in a pod that has it. */
    static int port(Pod pod, JsonNode named) {
        if (named.isInt()) {
            return named.asInt();
        }
        return pod.containers()
                .flatMap(container -> each(container.path("ports")))
                .filter(port -> port.path("name").equals(named))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElseThrow(() -> new AssertionError(pod + ": no port " + named));
    }
}
