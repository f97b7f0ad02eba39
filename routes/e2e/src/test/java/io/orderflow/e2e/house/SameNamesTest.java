package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whoever knows one service finds the way in every other: the files that make up a service have the same names in all
 * of them, apart from the service's own name and that of its subject (what its rows are about:
 * {@code Jdbc<Subject>Rows}).
 */
class SameNamesTest {

    /** Names of which not every service has its own, and why. */
    private static final Map<String, String> NOT_IN_ALL = Map.of(
            "<Service>Api", "payments and notifications serve no requests but the operators'",
            "<Service>Queries", "only orders are looked at by pages",
            "<Subject>", "what payments and orders keep is one thing a row; stock and notices have their own words");

    private static final Pattern SUBJECT = Pattern.compile("Jdbc([A-Z]\\w+)Rows");

    @Test
    void aServiceIsMadeOfTheSameFiles() {
        var services = new TreeMap<String, List<String>>();
        for (var role : Topology.ORDERFLOW.roles()) {
            services.put(role.name(), files(role));
        }
        assertThat(differences(services, NOT_IN_ALL.keySet())).isEmpty();
        assertThat(differences(services, List.of()))
                .as("exceptions that are still needed")
                .hasSize(NOT_IN_ALL.size());
    }

    @Test
    void aNameOfItsOwnIsFound() {
        var planted = Map.of(
                "hens", List.of("HensRoutes", "JdbcHenRows", "HenRows", "Hens", "Comb"),
                "eggs", List.of("EggsRoutes", "JdbcEggRows", "EggStore", "Eggs", "EggsShell"),
                "corn", List.of("CornRoutes", "JdbcCobRows", "CobRows", "Cobs"));

        assertThat(differences(planted, List.of()))
                .containsExactly("<Service>Shell: not in corn, hens", "<Subject>Rows: not in eggs");
        assertThat(differences(planted, List.of("<Service>Shell", "<Subject>Rows")))
                .isEmpty();
    }

    private static List<String> files(Role role) {
        var folder = Text.ROOT.resolve("routes/%s/src/main/java/io/orderflow/%<s".formatted(role));
        return Text.below(folder, ".java").stream().map(Text::name).toList();
    }

    /**
     * The names of one kind that a service has and another has not; what only one has, and names by no rule, is its
     * own.
     */
    private static List<String> differences(Map<String, List<String>> services, Collection<String> allowed) {
        var patterns = new TreeMap<String, TreeSet<String>>();
        services.forEach((service, files) -> files.stream()
                .map(file -> pattern(service, files, file))
                .forEach(name ->
                        patterns.computeIfAbsent(name, none -> new TreeSet<>()).add(service)));
        var differences = new ArrayList<String>();
        patterns.forEach((name, having) -> {
            boolean ruled = name.startsWith("<Service>") || having.size() > 1;
            if (ruled && having.size() < services.size() && !allowed.contains(name)) {
                differences.add(name + ": not in "
                        + services.keySet().stream()
                                .sorted()
                                .filter(service -> !having.contains(service))
                                .collect(Collectors.joining(", ")));
            }
        });
        return differences;
    }

    private static String pattern(String service, List<String> files, String file) {
        var capital = Character.toUpperCase(service.charAt(0)) + service.substring(1);
        var subject = files.stream()
                .map(SUBJECT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + ": no rows (expected: a Jdbc...Rows)"));
        var all = files.contains(subject + "s") ? subject + "s" : subject;
        return file.equals(all)
                ? "<Subjects>"
                : file.replaceFirst("^" + capital + "(?=[A-Z])", "<Service>")
                        .replaceFirst("^(Jdbc|Loaded|)(" + all + "|" + subject + ")(?=[A-Z]|$)", "$1<Subject>");
    }
}
