package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages name is there: tests, mutations, other pages, and the date and status of each decision. */
class PagesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:#(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern MUTATION = Pattern.compile("\\| \\*([^*|]+)\\* \\|");
    private static final Pattern STATUS =
            Pattern.compile("# (\\d+)\\. (.+)\n\n((?:Accepted|Superseded by \\d+), \\d{4}-\\d\\d-\\d\\d)\\.\n");

    @Test
    void eachTestThatAPageNamesIsThere() throws IOException {
        var tests = tests();

        assertThat(onPages((page, text) -> missingTests(text, tests))).isEmpty();
        assertThat(missingTests("`PagesTest#eachTestThatAPageNamesIsThere` `NobodyTest` `PagesTest#nothing`", tests))
                .containsExactly("NobodyTest", "PagesTest#nothing");
    }

    private static List<String> missingTests(String page, Map<String, String> tests) {
        return TEST.matcher(page)
                .results()
                .filter(named -> !tests.containsKey(named.group(1))
                        || named.group(2) != null && !tests.get(named.group(1)).contains(" " + named.group(2) + "("))
                .map(named -> named.group().replace("`", ""))
                .toList();
    }

    @Test
    void eachGuaranteeNamesATestAndOnlyMutationsThatAreThere() throws IOException {
        var mutations = read(ROOT.resolve("routes/e2e/src/mutants/mutants.txt"));
        var rows = read(ROOT.resolve("docs/guarantees.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();

        assertThat(rows).hasSizeGreaterThan(10).allMatch(row -> TEST.matcher(row)
                .find());
        assertThat(missingMutations(String.join("\n", rows), mutations)).isEmpty();
        assertThat(missingMutations("| *no inbox check* |\n| *the moon falls down* |", mutations))
                .containsExactly("the moon falls down");
    }

    private static List<String> missingMutations(String rows, String mutations) {
        return MUTATION.matcher(rows)
                .results()
                .map(named -> named.group(1))
                .filter(title -> !mutations.contains("\n# " + title + "\n"))
                .toList();
    }

    @Test
    void eachLinkLeadsSomewhere() throws IOException {
        assertThat(onPages(PagesTest::deadLinks)).isEmpty();
        assertThat(deadLinks(ROOT.resolve("README.md"), "[a](docs/README.md#run) [b](docs/no.md) [c](LICENSE#no)"))
                .containsExactly("docs/no.md", "LICENSE#no");
    }

    private static List<String> deadLinks(Path page, String text) {
        List<String> dead = new ArrayList<>();
        LINK.matcher(text)
                .results()
                .filter(link -> !link.group(1).contains(":"))
                .forEach(link -> {
                    var target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                    boolean there = Files.exists(target);
                    if (!there
                            || link.group(2) != null && !headings(read(target)).contains(link.group(2))) {
                        dead.add(link.group(1) + (there ? "#" + link.group(2) : ""));
                    }
                });
        return dead;
    }

    /** As a heading is called in a link. */
    private static List<String> headings(String page) {
        return page.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void eachDecisionHasADateAndAStatusAndStandsInTheList() throws IOException {
        var list = read(ROOT.resolve("docs/adr/README.md"));
        try (var decisions = Files.list(ROOT.resolve("docs/adr"))) {
            assertThat(decisions
                            .filter(file -> file.getFileName().toString().matches("\\d{4}-.*"))
                            .map(file -> line(file.getFileName().toString(), read(file)))
                            .filter(line -> !list.contains(line + "\n")))
                    .as("lines that docs/adr/README.md should have")
                    .isEmpty();
        }
        assertThat(line("0001-x.md", "# 1. X\n\nAccepted, 2026-11-23.\n\n## Context\n"))
                .isEqualTo("| [1](0001-x.md) | X | Accepted, 2026-11-23 |");
        assertThat(line("0001-x.md", "# 1. X\n\n## Context\n")).contains("no status");
    }

    /** How the list shows a decision. */
    private static String line(String file, String decision) {
        var head = STATUS.matcher(decision);
        return head.lookingAt()
                ? "| [%s](%s) | %s | %s |".formatted(head.group(1), file, head.group(2), head.group(3))
                : file + ": no status below its title (expected: Accepted, 2026-11-23.)";
    }

    /** What is wrong on any page, with the page's name. */
    private static List<String> onPages(BiFunction<Path, String, List<String>> wrong) throws IOException {
        var pages = pages();
        assertThat(pages).hasSizeGreaterThan(30);
        return pages.stream()
                .flatMap(
                        page -> wrong.apply(page, read(page)).stream().map(what -> ROOT.relativize(page) + ": " + what))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (var folder : Arrays.asList("", "docs", ".github", "helm/orderflow")) {
            try (var files = Files.walk(ROOT.resolve(folder), folder.isEmpty() ? 1 : Integer.MAX_VALUE)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    /** Every test class of every module by its name, those of one name together. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (var module : modules()) {
            try (var files = Files.walk(module.resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> tests.merge(
                                file.getFileName().toString().replace(".java", ""), read(file), String::concat));
            }
        }
        return tests;
    }

    private static List<Path> modules() throws IOException {
        try (var routes = Files.list(ROOT.resolve("routes"))) {
            return Stream.concat(routes, Stream.of(ROOT.resolve("strimzi"), ROOT.resolve("helm")))
                    .filter(module -> Files.isDirectory(module.resolve("src/test/java")))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
