package io.orderflow.helm;

import io.orderflow.helm.Things.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with a command: a name, a port, a label, a key, a container, a value or an option that nobody has. */
final class CommandChecks {

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("deploy", "Deployment"),
            Map.entry("deployment", "Deployment"),
            Map.entry("statefulset", "StatefulSet"),
            Map.entry("service", "Service"),
            Map.entry("secret", "Secret"),
            Map.entry("configmap", "ConfigMap"),
            Map.entry("pod", "Pod"),
            Map.entry("job", "Job"),
            Map.entry("persistentvolumeclaim", "PersistentVolumeClaim"),
            Map.entry("namespace", "Namespace"),
            Map.entry("networkpolicy", "NetworkPolicy"),
            Map.entry("podmonitor", "PodMonitor"),
            Map.entry("ingress", "Ingress"),
            Map.entry("httproute", "HTTPRoute"),
            Map.entry("horizontalpodautoscaler", "HorizontalPodAutoscaler"),
            Map.entry("scaledobject", "ScaledObject"),
            Map.entry("kafka", "Kafka"),
            Map.entry("kafkatopic", "KafkaTopic"),
            Map.entry("kafkauser", "KafkaUser"),
            Map.entry("kafkanodepool", "KafkaNodePool"),
            Map.entry("strimzipodset", "StrimziPodSet"));

    /** Of the cluster itself, or everything at once. */
    private static final Set<String> OTHER_KINDS = Set.of("node", "all", "persistentvolume", "crd");

    private static final Set<String> WITH_TARGET = Set.of(
            "get",
            "describe",
            "delete",
            "wait",
            "annotate",
            "label",
            "patch",
            "scale",
            "logs",
            "exec",
            "port-forward",
            "top",
            "rollout");

    private static final Set<String> WITHOUT = Set.of("config", "drain", "cordon", "uncordon");
    private static final Pattern KEY = Pattern.compile("\\{\\.data\\.([a-z_.\\\\-]+)}");
    private static final String OPERATOR = "oci://quay.io/strimzi-helm/strimzi-kafka-operator";
    private static final Set<String> RELEASES = Set.of(Chart.RELEASE, "strimzi");
    private static final Set<String> NAMESPACES = Set.of(Chart.NAMESPACE, "strimzi");

    private final List<String> wrong = new ArrayList<>();
    private final Things things;
    private final ClusterCommand command;

    private CommandChecks(Things things, ClusterCommand command) {
        this.things = things;
        this.command = command;
    }

    static List<String> mistakes(Things things, ClusterCommand command) {
        var checks = new CommandChecks(things, command);
        command.unknown().forEach(option -> checks.wrong.add(option + ": no option that is known"));
        command.values("--namespace").stream()
                .filter(name -> !isOpen(name) && !NAMESPACES.contains(name))
                .forEach(name -> checks.wrong.add(name + ": no namespace of ours"));
        if (command.isHelm()) {
            checks.helm();
        } else {
            checks.kubectl();
        }
        return checks.wrong;
    }

    private static boolean isOpen(String word) {
        return word.contains("<") || word.contains("$") || word.contains("...");
    }

    private void kubectl() {
        var verb = command.word(0);
        if (WITH_TARGET.contains(verb)) {
            targets(verb.equals("rollout") || verb.equals("top") ? 2 : 1);
        } else if (verb.equals("create")) {
            created();
        } else if (verb.equals("apply")) {
            command.values("--filename").stream()
                    .filter(file -> file.contains("/") && !file.startsWith("strimzi-kafka-operator/"))
                    .filter(file -> !Files.exists(Chart.ROOT.resolve("..").resolve(file)))
                    .forEach(file -> wrong.add(file + ": no such file"));
        } else if (!WITHOUT.contains(verb)) {
            wrong.add(verb + ": no verb that is known");
        }
    }

    private void targets(int at) {
        var first = command.word(at);
        List<Thing> named = new ArrayList<>();
        if (command.word(0).equals("top")) {
            first = "pods";
        }
        if (isOpen(first)) {
            return;
        }
        if (first.isEmpty() && command.has("--selector")) {
            first = "pods";
        }
        if (first.contains("/")) {
            command.from(at).stream()
                    .filter(word -> word.contains("/") && !word.contains("=") && !word.endsWith("-"))
                    .forEach(word -> {
                        var parts = word.split("/", 2);
                        named.addAll(named(parts[0], List.of(parts[1])));
                    });
        } else if (Set.of("logs", "exec", "port-forward").contains(command.word(0)) && !command.has("--selector")) {
            named.addAll(named("pod", List.of(first)));
        } else {
            var names = command.from(at + 1).stream()
                    .filter(word -> !word.contains("=") && !word.endsWith("-"))
                    .toList();
            var kinds = first.split(",");
            for (var kind : kinds) {
                named.addAll(named(kind, names));
            }
            // Of several kinds at once an installation may have only some.
            if (wrong.stream().filter(CommandChecks::isOfASelector).count() < kinds.length) {
                wrong.removeIf(CommandChecks::isOfASelector);
            }
        }
        parts(named);
    }

    private static boolean isOfASelector(String mistake) {
        return mistake.endsWith(" has it");
    }

    private List<Thing> named(String alias, List<String> names) {
        var kind = KINDS.getOrDefault(alias.replaceFirst("(?<!s)s$", ""), KINDS.get(alias));
        if (kind == null) {
            if (!OTHER_KINDS.contains(alias.replaceFirst("s$", ""))) {
                wrong.add(alias + ": no kind that is known");
            }
            return List.of();
        }
        List<Thing> found = new ArrayList<>();
        for (var name : names) {
            var called =
                    things.of(kind).stream().filter(one -> one.isCalled(name)).toList();
            if (called.isEmpty() && !isOpen(name)) {
                wrong.add(kind + " " + name + ": not there");
            }
            found.addAll(called);
        }
        for (var selector : command.values("--selector")) {
            if (!isOpen(selector) && things.of(kind).stream().noneMatch(one -> one.isSelectedBy(selector))) {
                wrong.add(selector + ": no " + kind + " has it");
            }
        }
        return found;
    }

    /** Ports, containers and keys of what is named. */
    private void parts(List<Thing> named) {
        if (command.word(0).equals("port-forward")) {
            command.from(2).stream()
                    .map(port -> port.replaceFirst("^\\d+:", ""))
                    .filter(port -> named.stream().noneMatch(one -> one.ports().contains(port)))
                    .forEach(port -> wrong.add("port " + port + ": not of " + named));
        }
        Stream.concat(
                        command.values("--container").stream(),
                        command.values("--output").stream()
                                .flatMap(output -> KEY.matcher(output).results().map(key -> key.group(1)
                                        .replace("\\", ""))))
                .filter(part -> !named.isEmpty()
                        && named.stream().noneMatch(one -> one.parts().contains(part)))
                .forEach(part -> wrong.add(part + ": not in " + named));
    }

    private void created() {
        if (command.word(1).equals("secret")) {
            var name = command.word(3);
            var secrets = things.of("Secret").stream()
                    .filter(one -> one.isCalled(name))
                    .toList();
            if (secrets.isEmpty()) {
                wrong.add("Secret " + name + ": nobody reads it");
                return;
            }
            Stream.of("--from-literal", "--from-file")
                    .flatMap(option -> command.values(option).stream())
                    .map(value -> value.replaceFirst("=.*", ""))
                    .filter(key -> !isOpen(key)
                            && secrets.stream().noneMatch(one -> one.parts().contains(key)))
                    .forEach(key -> wrong.add(key + ": nobody reads it from " + name));
        } else if (!command.word(1).equals("namespace")) {
            wrong.add(command.word(1) + ": nothing that is created by hand");
        }
    }

    private void helm() {
        switch (command.word(0)) {
            case "install", "upgrade" -> {
                release();
                chart(command.word(2));
                values(command.word(2));
            }
            case "uninstall", "test", "rollback", "status", "history" -> release();
            case "dependency" -> chart(command.word(2));
            case "pull" -> chart(command.word(1));
            case "get" -> {
                if (!RELEASES.contains(command.word(2))) {
                    wrong.add(command.word(2) + ": no release of ours");
                }
            }
            default -> wrong.add(command.word(0) + ": no verb that is known");
        }
    }

    private void release() {
        if (!RELEASES.contains(command.word(1)) && !isOpen(command.word(1))) {
            wrong.add(command.word(1) + ": no release of ours");
        }
    }

    private void chart(String chart) {
        var declared = CommandsOfPages.read(Chart.SOURCE.resolve("Chart.yaml"));
        if (chart.startsWith("oci:")) {
            var repository = OPERATOR.substring(0, OPERATOR.lastIndexOf('/'));
            if (!chart.equals(OPERATOR) || !declared.contains("repository: " + repository + "\n")) {
                wrong.add(chart + ": not the operator's chart of Chart.yaml");
            }
            command.values("--version").stream()
                    .filter(version -> !isOpen(version) && !declared.contains("version: " + version + "\n"))
                    .forEach(version -> wrong.add(version + ": not the operator of Chart.yaml"));
        } else if (!chart.equals("helm/orderflow") && !isOpen(chart)) {
            wrong.add(chart + ": no chart of ours");
        }
    }

    private void values(String chart) {
        Stream.concat(command.values("--filename").stream(), command.values("--values").stream())
                .filter(file -> !file.equals("own.yaml")
                        && !Files.exists(Chart.ROOT.resolve("..").resolve(file)))
                .forEach(file -> wrong.add(file + ": no such file"));
        if (chart.equals("helm/orderflow")) {
            Stream.concat(command.values("--set").stream(), command.values("--set-string").stream())
                    .map(value -> value.replaceFirst("=.*", ""))
                    .filter(path -> !isValue(path))
                    .forEach(path -> wrong.add(path + ": no value of the chart"));
        }
    }

    private static boolean isValue(String path) {
        try {
            return new Values(Chart.ROOT)
                    .leaves().stream().anyMatch(leaf -> (path + ".").startsWith(leaf.path() + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
