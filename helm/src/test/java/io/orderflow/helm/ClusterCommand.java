package io.orderflow.helm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call of kubectl or helm as its words say: what it does, to what, and with which options. */
final class ClusterCommand {

    private static final Map<String, String> SHORT = Map.of(
            "-n",
            "--namespace",
            "-l",
            "--selector",
            "-f",
            "--filename",
            "-o",
            "--output",
            "-c",
            "--container",
            "-p",
            "--patch");

    private static final Set<String> WITH_VALUE = Set.of(
            "--namespace",
            "--selector",
            "--filename",
            "--output",
            "--container",
            "--patch",
            "--type",
            "--subresource",
            "--timeout",
            "--tail",
            "--since",
            "--replicas",
            "--field-manager",
            "--for",
            "--set",
            "--set-string",
            "--version",
            "--values",
            "--untardir");

    /** Known besides, with a value behind an equals sign or without one. */
    private static final Set<String> OTHERS = Set.of(
            "--prefix",
            "--previous",
            "--overwrite",
            "--ignore-not-found",
            "--server-side",
            "--force-conflicts",
            "--ignore-daemonsets",
            "--delete-emptydir-data",
            "--wait",
            "--all",
            "--logs",
            "--create-namespace",
            "--install",
            "--untar",
            "--skip-crds",
            "--reset-then-reuse-values",
            "--from-literal",
            "--from-file",
            "--dry-run",
            "--cascade",
            "-i",
            "-w",
            "--no-headers",
            "--sort-by");

    private final String program;
    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> options = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    ClusterCommand(List<String> call) {
        program = call.getFirst();
        for (int i = 1; i < call.size() && !call.get(i).equals("--"); i++) {
            var word = call.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            var name = SHORT.getOrDefault(
                    equals < 0 ? word : word.substring(0, equals), equals < 0 ? word : word.substring(0, equals));
            boolean takesNext = equals < 0 && WITH_VALUE.contains(name) && i + 1 < call.size();
            var value = equals >= 0 ? word.substring(equals + 1) : takesNext ? call.get(++i) : "";
            options.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            if (!WITH_VALUE.contains(name) && !OTHERS.contains(name)) {
                unknown.add(name);
            }
        }
    }

    boolean isHelm() {
        return program.equals("helm");
    }

    /** Options that no test knows. */
    Set<String> unknown() {
        return unknown;
    }

    /** The word there, or nothing. */
    String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }

    List<String> from(int at) {
        return at < words.size() ? words.subList(at, words.size()) : List.of();
    }

    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    boolean has(String option) {
        return options.containsKey(option);
    }
}
