package io.orderflow.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/**
 * A pod of ours as the chart renders it: what a process without a cluster needs of it to be started in the same way.
 * The rendered manifests are committed, and a test of the chart's compares them with its templates.
 *
 * @param ports by name
 * @param probes the path and the port's name of each kind of probe
 * @param files content by path in the container, apart from Secrets
 * @param secrets the path in the container of each file that comes from a Secret
 */
record RenderedPod(
        String role,
        List<String> arguments,
        Map<String, String> environment,
        Map<String, Integer> ports,
        Map<String, Probe> probes,
        Map<String, String> files,
        List<String> secrets,
        long memoryMebibytes) {

    record Probe(String path, String port) {}

    private static final Path FOLDER =
            Path.of("").toAbsolutePath().getParent().getParent().resolve("helm/rendered");

    /** The services' pods of one rendering, by role. */
    static Map<String, RenderedPod> services(String rendering) {
        return pods(rendering, "Deployment");
    }

    /** The migrations' pods of one rendering, by role. */
    static Map<String, RenderedPod> migrations(String rendering) {
        return pods(rendering, "Job");
    }

    private static Map<String, RenderedPod> pods(String rendering, String kind) {
        var manifests = manifests(FOLDER.resolve(rendering + ".yaml"));
        Map<String, RenderedPod> pods = new LinkedHashMap<>();
        for (var manifest : manifests) {
            if (kind.equals(manifest.get("kind"))) {
                var spec = map(map(map(manifest, "spec"), "template"), "spec");
                var container = list(spec, "containers").getFirst();
                if (text(container, "image").contains("orderflow")) {
                    var pod = pod(spec, container, manifests);
                    pods.put(pod.role(), pod);
                }
            }
        }
        return pods;
    }

    private static RenderedPod pod(
            Map<String, Object> spec, Map<String, Object> container, List<Map<String, Object>> manifests) {
        var arguments = strings(container, "args");
        Map<String, String> environment = new LinkedHashMap<>();
        list(container, "env").forEach(one -> environment.put(text(one, "name"), text(one, "value")));
        Map<String, Integer> ports = new LinkedHashMap<>();
        list(container, "ports").forEach(one -> ports.put(text(one, "name"), (Integer) one.get("containerPort")));
        Map<String, Probe> probes = new LinkedHashMap<>();
        for (var kind : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            if (container.containsKey(kind)) {
                var get = map(map(container, kind), "httpGet");
                probes.put(kind, new Probe(text(get, "path"), text(get, "port")));
            }
        }
        Map<String, String> files = new LinkedHashMap<>();
        List<String> secrets = new ArrayList<>();
        for (var mount : list(container, "volumeMounts")) {
            var volume = list(spec, "volumes").stream()
                    .filter(one -> one.get("name").equals(mount.get("name")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no volume for " + mount));
            sources(volume).forEach(source -> {
                if (source.containsKey("configMap")) {
                    data(map(source, "configMap"), manifests)
                            .forEach((name, content) -> files.put(text(mount, "mountPath") + "/" + name, content));
                } else if (source.containsKey("secret")) {
                    list(map(source, "secret"), "items")
                            .forEach(item -> secrets.add(text(mount, "mountPath") + "/" + text(item, "path")));
                }
            });
        }
        var role = arguments.stream()
                .filter(argument -> argument.startsWith("--roles="))
                .map(argument -> argument.substring("--roles=".length()))
                .findFirst()
                .orElseThrow();
        var memory = text(map(map(container, "resources"), "limits"), "memory");
        return new RenderedPod(role, arguments, environment, ports, probes, files, secrets, mebibytes(memory));
    }

    private static Stream<Map<String, Object>> sources(Map<String, Object> volume) {
        return volume.containsKey("projected") ? list(map(volume, "projected"), "sources").stream() : Stream.of(volume);
    }

    /** What a ConfigMap of the rendering says; one that others make is left out. */
    private static Map<String, String> data(Map<String, Object> reference, List<Map<String, Object>> manifests) {
        Map<String, String> data = new LinkedHashMap<>();
        for (var manifest : manifests) {
            if ("ConfigMap".equals(manifest.get("kind"))
                    && map(manifest, "metadata").get("name").equals(reference.get("name"))) {
                map(manifest, "data").forEach((name, content) -> data.put(name, (String) content));
            }
        }
        return data;
    }

    private static long mebibytes(String quantity) {
        return quantity.endsWith("Gi")
                ? 1024 * Long.parseLong(quantity.replace("Gi", ""))
                : Long.parseLong(quantity.replace("Mi", ""));
    }

    private static List<Map<String, Object>> manifests(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            return StreamSupport.stream(new Yaml().loadAll(in).spliterator(), false)
                    .filter(Map.class::isInstance)
                    .map(RenderedPod::asMap)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }

    private static Map<String, Object> map(Map<String, Object> node, String name) {
        return node.get(name) == null ? Map.of() : asMap(node.get(name));
    }

    private static List<Map<String, Object>> list(Map<String, Object> node, String name) {
        return node.get(name) == null
                ? List.of()
                : ((List<?>) node.get(name)).stream().map(RenderedPod::asMap).toList();
    }

    private static List<String> strings(Map<String, Object> node, String name) {
        return ((List<?>) node.get(name)).stream().map(String::valueOf).toList();
    }

    private static String text(Map<String, Object> node, String name) {
        return node.get(name) == null ? "" : String.valueOf(node.get(name));
    }
}
