package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Manifests.Manifest;
import io.orderflow.helm.Pods.Pod;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Secrets that an installation has to bring along, and which pods read which of their keys. */
final class Secrets {

    private Secrets() {}

    /** The list that is committed, for a person to read what changes in it. */
    static String reviewed(Map<Installation, Manifests> rendered) {
        var lines = new StringBuilder();
        rendered.forEach((installation, manifests) -> {
            lines.append(installation).append('\n');
            in(manifests).forEach(line -> lines.append("  ").append(line).append('\n'));
        });
        return lines.toString();
    }

    /** Without those that Strimzi makes for the cluster and the users of the rendering. */
    static Set<String> in(Manifests manifests) {
        Set<String> made = new TreeSet<>();
        manifests.of("KafkaUser").forEach(user -> {
            made.add(user.name() + ": user.crt user.key");
            made.add(user.at("/metadata/labels").path("strimzi.io/cluster").asText() + "-cluster-ca-cert: ca.crt");
        });
        Set<String> named = new TreeSet<>();
        Pods.in(manifests).forEach(pod -> {
            for (var volume : pod.spec().path("volumes")) {
                if (volume.has("secret")) {
                    add(named, made, pod, volume.at("/secret/secretName"), volume.at("/secret/items"));
                }
                for (var source : volume.at("/projected/sources")) {
                    add(named, made, pod, source.at("/secret/name"), source.at("/secret/items"));
                }
            }
            for (var secret : pod.spec().path("imagePullSecrets")) {
                named.add(secret.path("name").asText() + ": for pulling images");
            }
        });
        for (var ingress : (Iterable<Manifest>) manifests.of("Ingress")::iterator) {
            for (var tls : ingress.at("/spec/tls")) {
                named.add(tls.path("secretName").asText() + ": certificate of " + ingress.name());
            }
        }
        return named;
    }

    private static void add(Set<String> named, Set<String> made, Pod pod, JsonNode secret, JsonNode items) {
        var keys = items.isMissingNode()
                ? "everything"
                : String.join(
                        " ",
                        each(items)
                                .map(item -> item.path("key").asText())
                                .sorted()
                                .toList());
        var line = secret.asText() + ": " + keys;
        if (!made.contains(line)) {
            named.add(line + " -> " + pod.component());
        }
    }
}
