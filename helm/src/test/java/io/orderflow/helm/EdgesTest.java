package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderflow.helm.Pods.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may speak to whom, read from the NetworkPolicies, is what was reviewed; the lists are mended by hand. */
class EdgesTest {

    private static final Path EDGES = Path.of("src/test/resources/edges.txt");
    private static final JsonNode ANYWHERE =
            JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.objectNode());

    @Test
    void theEdgesAreThoseThatWereReviewed() throws IOException {
        List<String> lines = new ArrayList<>();
        for (var installation : List.of(Installation.SMALL, Installation.PRODUCTION, Installation.EXTERNAL_KAFKA)) {
            lines.add(installation.name());
            var edges = new Edges(installation.manifests());
            edges.in.forEach(edge -> lines.add("  in:  " + edge));
            edges.out.forEach(edge -> lines.add("  out: " + edge));
        }
        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(EDGES));
    }

    @ParameterizedTest
    @EnumSource
    void nobodySpeaksToAnybodyUnlessItIsSaid(Installation installation) {
        var manifests = installation.manifests();
        var nobody = manifests
                .of("NetworkPolicy")
                .filter(one -> one.name().endsWith("-nobody"))
                .findFirst()
                .orElseThrow();
        assertThat(nobody.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(nobody.at("/spec").has("ingress") || nobody.at("/spec").has("egress"))
                .isFalse();
        assertThat(Pods.in(manifests))
                .allMatch(pod -> Pods.selects(nobody.at("/spec/podSelector/matchLabels"), pod.labels()));
    }

    @ParameterizedTest
    @EnumSource
    void whoMaySpeakToAPodOfOursIsHeardThere(Installation installation) {
        var edges = new Edges(installation.manifests());
        assertThat(edges.out.stream().filter(edge -> edges.isOurs(edge.substring(edge.indexOf("-> ") + 3))))
                .isSubsetOf(edges.in);
        assertThat(edges.in.stream().filter(edge -> edges.isOurs(edge.substring(0, edge.indexOf(" ->")))))
                .isSubsetOf(edges.out);
    }

    /** Edges as {@code orders -> postgresql 5432}. */
    private static final class Edges {

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
                            each(rule.has("to") ? rule.path("to") : ANYWHERE).forEach(peer -> ports(podsOf(peer), rule)
                                    .forEach(port -> out.add(pod.component() + " -> " + name(peer) + " " + port)));
                        }
                    }
                }
            });
        }

        boolean isOurs(String peer) {
            return pods.stream().anyMatch(pod -> pod.component().equals(peer.split(" ")[0]));
        }

        private List<String> peers(JsonNode from) {
            return from.isMissingNode()
                    ? List.of("anybody")
                    : each(from).map(this::name).toList();
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
}
