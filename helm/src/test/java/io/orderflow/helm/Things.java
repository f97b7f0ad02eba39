package io.orderflow.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Manifests.Manifest;
import io.orderflow.helm.Pods.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is on a cluster after an installation, as far as a command may name it: what is rendered, the pods and claims
 * that come of it, what Strimzi makes for its resources, and the Secrets that are brought along.
 */
final class Things {

    /**
     * @param name as it is, or a pattern of it where a number or a hash belongs to it
     * @param ports that can be forwarded
     * @param parts a Secret's keys, a pod's containers
     */
    record Thing(String kind, String name, Map<String, String> labels, Set<String> ports, Set<String> parts) {

        @Override
        public String toString() {
            return kind + " " + name;
        }

        boolean isCalled(String name) {
            return name.matches(this.name);
        }

        /** @param selector as kubectl takes it: key=value, or a key alone */
        boolean isSelectedBy(String selector) {
            return Stream.of(selector.split(",")).allMatch(one -> {
                var label = one.split("=", 2);
                return labels.containsKey(label[0])
                        && (label.length == 1 || labels.get(label[0]).equals(label[1]));
            });
        }
    }

    private static final Set<String> NONE = Set.of();

    private final List<Thing> all = new ArrayList<>();

    /** @param installations whatever is there after one of them, with the operator in a release of its own or not */
    static Things after(Installation... installations) {
        var things = new Things();
        things.all.add(new Thing("Deployment", "strimzi-cluster-operator", Map.of(), NONE, NONE));
        for (var installation : installations) {
            things.add(installation.manifests());
        }
        return things;
    }

    /** These, and what somebody applies besides. */
    Things and(Manifests applied) {
        var more = new Things();
        more.all.addAll(all);
        more.add(applied);
        return more;
    }

    List<Thing> of(String kind) {
        return all.stream().filter(one -> one.kind().equals(kind)).toList();
    }

    private void add(Manifests manifests) {
        all.add(new Thing("Namespace", Chart.NAMESPACE, Map.of(), NONE, NONE));
        var pods = Pods.in(manifests).toList();
        manifests.all().forEach(one -> add(one, pods));
        manifests.of("KafkaNodePool").forEach(this::addNodes);
        manifests
                .of("KafkaUser")
                .forEach(user -> all.add(
                        new Thing("Secret", user.name(), Map.of(), NONE, Set.of("ca.crt", "user.crt", "user.key"))));
        manifests.of("Kafka").forEach(this::addCluster);
        Map<String, Set<String>> secrets = new HashMap<>();
        for (var line : Secrets.in(manifests)) {
            var named = line.split(": ", 2);
            var keys = secrets.computeIfAbsent(named[0], name -> new TreeSet<>());
            keys.addAll(List.of(named[1].replaceFirst(" -> .*", "").split(" ")));
        }
        secrets.forEach((name, keys) -> {
            if (keys.remove("everything")) {
                keys.add("superuser");
            }
            all.add(new Thing("Secret", name, Map.of(), NONE, keys));
        });
    }

    private void add(Manifest one, List<Pod> pods) {
        Set<String> ports = new TreeSet<>();
        Set<String> containers = new TreeSet<>();
        for (var port : one.at("/spec/ports")) {
            ports.add(port.path("port").asText());
        }
        for (var pod : pods) {
            if (pod.owner() == one) {
                pod.containers().forEach(container -> {
                    containers.add(container.path("name").asText());
                    container
                            .path("ports")
                            .forEach(
                                    port -> ports.add(port.path("containerPort").asText()));
                });
                all.add(new Thing("Pod", one.name() + "(-[0-9a-z]+)*", labels(pod.labels()), ports, containers));
            }
        }
        all.add(new Thing(one.kind(), one.name(), labels(one.at("/metadata/labels")), ports, containers));
        for (var claim : one.at("/spec/volumeClaimTemplates")) {
            var name = claim.at("/metadata/name").asText() + "-" + one.name() + "-0";
            all.add(new Thing("PersistentVolumeClaim", name, labels(one.at("/spec/selector/matchLabels")), NONE, NONE));
        }
    }

    private void addNodes(Manifest pool) {
        var cluster = pool.at("/metadata/labels").path("strimzi.io/cluster").asText();
        var labels = labels(pool.at("/metadata/labels"));
        labels.put("strimzi.io/name", cluster + "-kafka");
        labels.put("strimzi.io/pool-name", pool.name());
        for (var role : List.of("broker", "controller")) {
            boolean has = Pods.each(pool.at("/spec/roles"))
                    .anyMatch(one -> one.asText().equals(role));
            labels.put("strimzi.io/" + role + "-role", String.valueOf(has));
        }
        var nodes = cluster + "-" + pool.name();
        all.add(new Thing("StrimziPodSet", nodes, labels, NONE, NONE));
        all.add(new Thing("Pod", nodes + "-\\d", labels, Set.of("9093"), Set.of("kafka")));
        for (var volume : pool.at("/spec/storage/volumes")) {
            var name = "data-" + volume.path("id").asText() + "-" + nodes + "-\\d";
            all.add(new Thing("PersistentVolumeClaim", name, labels, NONE, NONE));
        }
    }

    private void addCluster(Manifest kafka) {
        Map<String, String> labels = Map.of("strimzi.io/cluster", kafka.name());
        for (var authority : List.of("cluster-ca", "clients-ca")) {
            all.add(new Thing("Secret", kafka.name() + "-" + authority + "-cert", labels, NONE, Set.of("ca.crt")));
            all.add(new Thing("Secret", kafka.name() + "-" + authority, labels, NONE, Set.of("ca.key")));
        }
        all.add(new Thing("Service", kafka.name() + "-kafka-bootstrap", labels, Set.of("9093"), NONE));
        var operators = Set.of("topic-operator", "user-operator");
        all.add(new Thing("Deployment", kafka.name() + "-entity-operator", labels, NONE, operators));
        all.add(new Thing("Pod", kafka.name() + "-entity-operator-.*", labels, NONE, operators));
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new LinkedHashMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
