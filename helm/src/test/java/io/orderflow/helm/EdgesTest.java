package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may speak to whom is what is committed, so that a person reads each change; and nobody else may speak. */
class EdgesTest {

    @Test
    void theEdgesAreThoseThatWereReviewed() throws IOException {
        assertThat(Edges.reviewed(Installation.rendered()))
                .as(RenderedTest.MEND)
                .isEqualTo(Files.readString(Rendered.EDGES));
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
        assertThat(edges.out().stream().filter(edge -> edges.isOurs(edge.substring(edge.indexOf("-> ") + 3))))
                .isSubsetOf(edges.in());
        assertThat(edges.in().stream().filter(edge -> edges.isOurs(edge.substring(0, edge.indexOf(" ->")))))
                .isSubsetOf(edges.out());
    }
}
