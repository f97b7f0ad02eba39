package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The ways that {@code docs/architecture.md} shows are those of the code, and a record's way to its flow is short. */
class ArchitectureTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern STEP = Pattern.compile("(?m)^( *)\\* `(?:(\\w+)/)?([A-Z]\\w*)\\.(\\w+)`");
    private static final String TO_THE_FLOW = "## A record's way to the flow";
    private static final int MOST_CLASSES = 18;
    private static final int MOST_ENTRIES = 3;

    /** A line of a list: its depth, and the method that it names; with the module where several have the class. */
    private record Step(int depth, String module, String type, String method) {}

    @Test
    void eachStepIsAMethodThatIsThere() throws IOException {
        var page = page();
        var steps = steps(page);

        assertThat(steps).hasSizeGreaterThan(30);
        assertThat(missing(steps)).isEmpty();
        assertThat(missing(steps("* `Nobody.run`\n* `orders/Decisions.hear`\n  * `payments/Decisions.hear`")))
                .containsExactly("Nobody.run", "Decisions.hear");
        var planted = """
                class Planted {
                    void run() {
                        walk();
                        return walk();
                    }
                }
                """;
        assertThat(declares(planted, "run")).isTrue();
        assertThat(declares(planted, "walk")).as("a call is no declaration").isFalse();
    }

    @Test
    void aRecordsWayToItsFlowIsShort() throws IOException {
        var way = steps(section(page()));

        assertThat(way).hasSizeGreaterThan(10);
        assertThat(tooMuch(way)).isEmpty();
        assertThat(tooMuch(steps("* `A.a`\n  * `B.b`\n* `A.a`\n  * `A.b`\n  * `B.b`\n* `A.a`\n* `A.a`")))
                .as("a step below one of its own class enters nothing")
                .containsExactly("A is entered 4 times (expected: <= 3)");
    }

    private static List<String> tooMuch(List<Step> way) {
        Map<String, Integer> entries = new TreeMap<>();
        List<Step> above = new ArrayList<>();
        for (var step : way) {
            above.removeIf(outer -> outer.depth() >= step.depth());
            if (above.isEmpty() || !above.getLast().type().equals(step.type())) {
                entries.merge(step.type(), 1, Integer::sum);
            }
            above.add(step);
        }
        List<String> tooMuch = new ArrayList<>();
        if (entries.size() > MOST_CLASSES) {
            tooMuch.add(entries.size() + " classes (expected: <= " + MOST_CLASSES + "): " + entries.keySet());
        }
        entries.forEach((type, times) -> {
            if (times > MOST_ENTRIES) {
                tooMuch.add(type + " is entered " + times + " times (expected: <= " + MOST_ENTRIES + ")");
            }
        });
        return tooMuch;
    }

    private static List<String> missing(List<Step> steps) throws IOException {
        Set<String> missing = new LinkedHashSet<>();
        for (var step : steps) {
            var sources = sources(step);
            if (sources.size() != 1 || !declares(read(sources.getFirst()), step.method())) {
                missing.add(step.type() + "." + step.method());
            }
        }
        return List.copyOf(missing);
    }

    /** A declaration begins its line, with modifiers and a type; a call has nothing before it, or a statement. */
    private static boolean declares(String source, String method) {
        return Pattern.compile(
                        "(?m)^ +(?!return |yield |throw |else |assert |new )(?:[\\w<>\\[\\],.?@&]+ )+" + method + "\\(")
                .matcher(source)
                .find();
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Step step) throws IOException {
        var routes = ROOT.resolve("routes");
        List<Path> found = new ArrayList<>();
        try (var modules = Files.list(routes)) {
            for (var module : modules.map(folder -> folder.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                if (step.module() != null && !module.startsWith(routes.resolve(step.module()))) {
                    continue;
                }
                try (var files = Files.walk(module)) {
                    files.filter(file -> file.endsWith(step.type() + ".java")).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static List<Step> steps(String list) {
        return STEP.matcher(list)
                .results()
                .map(step -> new Step(step.group(1).length(), step.group(2), step.group(3), step.group(4)))
                .toList();
    }

    private static String section(String page) {
        var rest = page.substring(page.indexOf(TO_THE_FLOW + "\n") + TO_THE_FLOW.length());
        int end = rest.indexOf("\n## ");
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }
}
