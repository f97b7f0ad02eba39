package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderflow.helm.Pods.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may speak to whom in a rendering, read from its NetworkPolicies, each as {@code orders -> postgresql 5432}. */
final class Edges {

    private static final List<Installation> REVIEWED = List.of(
            Installation.SMALL, Installation.SMALL_WITH_CONSOLE, Installation.PRODUCTION, Installation.EXTERNAL_KAFKA);
    private static final JsonNode ANYWHERE =
            JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.objectNode());

    private final List<Pod> pods;
    private final Set<String> in = new TreeSet<>();
    private final Set<String> out = new TreeSet<>();

    Edges(Manifests manifests) {
        pods = Pods.in(manifests).toList();
        manifests.of("NetworkPolicy").forEach(policy -> {
            var spec = policy.at("/spec");
            for (var pod : pods) {
                if (Pods.selects(spec.at("/podSelector/matchLabels"), pod.labels())) {
                    for (var rule : spec.path("ingress")) {
                        peers(rule.path("from")).forEach(peer -> ports(List.of(pod), rule)
                                .forEach(port -> in.add(peer + " -> " + pod.component() + " " + port)));
                    }
                    for (var rule : spec.path("egress")) {
                        each(rule.path("to").isEmpty() ? ANYWHERE : rule.path("to"))
                                .forEach(peer -> ports(podsOf(peer), rule)
                                        .forEach(port -> out.add(pod.component() + " -> " + name(peer) + " " + port)));
                    }
                }
            }
        });
    }

    /** The list that is committed, for a person to read what changes in it. */
    static String reviewed(Map<Installation, Manifests> rendered) {
        var lines = new StringBuilder();
        for (var installation : REVIEWED) {
            var edges = new Edges(rendered.get(installation));
            lines.append(installation).append('\n');
            edges.in.forEach(edge -> lines.append("  in:  ").append(edge).append('\n'));
            edges.out.forEach(edge -> lines.append("  out: ").append(edge).append('\n'));
        }
        return lines.toString();
    }

    /** What is heard. */
    Set<String> in() {
        return in;
    }

    /** What may be said. */
    Set<String> out() {
        return out;
    }

    boolean isOurs(String peer) {
        return pods.stream().anyMatch(pod -> pod.component().equals(peer.split(" ")[0]));
    }

    private List<String> peers(JsonNode from) {
        // An empty list lets everybody in.
        return from.isEmpty() ? List.of("anybody") : each(from).map(this::name).toList();
    }

    private List<Pod> podsOf(JsonNode peer) {
        return pods.stream()
                .filter(pod -> Pods.selects(peer.at("/podSelector/matchLabels"), pod.labels()))
                .toList();
    }

    private String name(JsonNode peer) {
        if (peer.has("ipBlock")) {
            return peer.at("/ipBlock/cidr").asText();
        }
        if (peer.has("namespaceSelector")) {
            return "namespace " + String.join(",", texts(peer.at("/namespaceSelector/matchLabels")))
                    + (peer.has("podSelector")
                            ? " pods " + String.join(",", texts(peer.at("/podSelector/matchLabels")))
                            : "");
        }
        var component = peer.at("/podSelector/matchLabels")
                .path("app.kubernetes.io/component")
                .asText();
        if (!component.isEmpty()) {
            return component;
        }
        return peer.has("podSelector")
                ? "pods " + String.join(",", texts(peer.at("/podSelector/matchLabels")))
                : "anywhere";
    }

    private static Set<String> texts(JsonNode labels) {
        Set<String> texts = new TreeSet<>();
        labels.properties()
                .forEach(label ->
                        texts.add(label.getKey() + "=" + label.getValue().asText()));
        return texts;
    }

    private static List<String> ports(List<Pod> pods, JsonNode rule) {
        if (!rule.has("ports")) {
            return List.of("any port");
        }
        return each(rule.path("ports"))
                .map(port -> {
                    var number = port.path("port").isInt()
                            ? port.path("port").asText()
                            : pods.stream()
                                    .findFirst()
                                    .map(pod -> "" + Pods.port(pod, port.path("port")))
                                    .orElse(port.path("port").asText());
                    return number
                            + (port.has("protocol")
                                    ? "/" + port.path("protocol").asText()
                                    : "");
                })
                .toList();
    }
}
