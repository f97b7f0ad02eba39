package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All texts of the house keep to {@link Tidy}, and each of its rules is seen to find what is planted for it. */
class TidyTest {

    private static final List<Text> SOURCES = Text.below(Text.ROOT, ".java");
    private static final List<Text> PAGES = Text.below(Text.ROOT, ".md");

    private static final List<Text> SCRIPTS = Stream.of(
                    Text.below(Text.ROOT, ".sh"),
                    Text.below(Text.ROOT, ".sql"),
                    Text.below(Text.ROOT.resolve(".ci"), ""),
                    Text.below(Text.ROOT.resolve("helm/kind"), ""),
                    Text.below(Text.ROOT.resolve("routes/app/src/image"), ""))
            .flatMap(List::stream)
            .toList();

    /** Migrations that databases have: a database knows their bytes, so that they stay as they are. */
    private static final Set<String> APPLIED = Set.of(
            "V1__backbone",
            "V3__inbox_days_give_way",
            "V4__inbox_days_take_their_own",
            "V5__sequences_by_their_last_event",
            "V6__beginnings",
            "V1__notifications",
            "V2__erased_contacts",
            "V1__books");

    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_METHOD = 40;

    /** A test tells its story once, from set-up to end, and a table of cases is one method. */
    private static final int LONGEST_TEST_FILE = 400;

    private static final int LONGEST_TEST_METHOD = 70;

    /** Why each of these is longer. */
    private static final Map<String, String> LONGER_FILES = Map.of(
            "EdgeTest", "one server, started once, for all that is asked of the edge",
            "OrdersModuleTest", "one module, started once, for all that orders promises",
            "AuthorizationTest", "the table of callers and routes, and what it is held against",
            "JdbcOrderRowsTest", "one schema, and every statement that orders writes and reads",
            "Postgres", "one server: found, unpacked, started, and divided among tests",
            "Mutants", "a program of one file, run without a build",
            "Shop", "the one object that a test speaks to; what it hands out lies beside it");

    private static final Map<String, String> LONGER_METHODS = Map.of(
            "BadBodies", "a table of cases, one row each",
            "Cluster", "a resource, drawn as it nests");

    /** Each service has its own of these, and none sees another's. */
    private static final Set<String> OF_EACH_SERVICE = Set.of("Decision", "Decisions");

    private static final Map<Pattern, String> BANNED = Map.of(
            Pattern.compile("printStackTrace\\("), "the log, with what was tried",
            Pattern.compile("@ComponentScan\\b|@SpringBootApplication\\b"), "an @Import of the modules, by name",
            Pattern.compile("@Autowired\\b"), "a constructor's parameter",
            Pattern.compile("System\\.exit\\("), "an exit code that main returns to its caller");

    private static final String TOOLS = ".*/(local|bench|peers|testkit|strimzi)/.*";

    /** These end their process themselves. */
    private static final Pattern STARTS_AND_ENDS = Pattern.compile(TOOLS + "|.*/(Orderflow|RolesFile)\\.java");

    /** The output of these is what their user asked for. */
    private static final Pattern SPEAKS_TO_ITS_USER =
            Pattern.compile(TOOLS + "|.*/(Orderflow|RolesFile|StartRefused|TestOrder|ProviderServer)\\.java");

    private static final Map<Pattern, String> PRINTING =
            Map.of(Pattern.compile("System\\.(out|err)\\.\\w+"), "the log, or a main class in the list of this test");

    @Test
    void noLineIsWiderThanAScreen() {
        assertThat(SOURCES).flatMap(Tidy::wideLines).isEmpty();

        assertThat(Tidy.wideLines(text("// " + "x".repeat(Tidy.COLUMNS)))).hasSize(1);
        assertThat(Tidy.wideLines(text("x".repeat(Tidy.COLUMNS)))).isEmpty();
        assertThat(Tidy.wideLines(text("var data = \"" + "x".repeat(Tidy.COLUMNS) + "\";")))
                .isEmpty();
    }

    @Test
    void norIsACommentOfAScript() {
        assertThat(SCRIPTS)
                .filteredOn(script -> !APPLIED.contains(script.name()))
                .flatMap(Tidy::wideComments)
                .isEmpty();
        assertThat(SCRIPTS)
                .filteredOn(script -> !Tidy.wideComments(script).isEmpty())
                .extracting(Text::name)
                .as("exceptions that are still needed")
                .containsExactlyInAnyOrderElementsOf(APPLIED);

        assertThat(Tidy.wideComments(text("x\n  -- " + "x".repeat(Tidy.COLUMNS))))
                .singleElement()
                .asString()
                .startsWith("planted/Planted.java:2: 125 columns");
        assertThat(Tidy.wideComments(text("# " + "x".repeat(Tidy.COLUMNS)))).hasSize(1);
        assertThat(Tidy.wideComments(text("  --" + "x".repeat(Tidy.COLUMNS))))
                .as("an option")
                .isEmpty();
    }

    @Test
    void aFileIsReadInOneSitting() {
        assertThat(SOURCES)
                .filteredOn(source -> !LONGER_FILES.containsKey(source.name()))
                .flatMap(source -> Tidy.longFile(source, longest(source)))
                .isEmpty();
        assertThat(SOURCES)
                .filteredOn(source -> !Tidy.longFile(source, longest(source)).isEmpty())
                .extracting(Text::name)
                .as("exceptions that are still needed")
                .containsExactlyInAnyOrderElementsOf(LONGER_FILES.keySet());

        assertThat(Tidy.longFile(text("x\n".repeat(11)), 10)).hasSize(1);
        assertThat(Tidy.longFile(text("x\n".repeat(10)), 10)).isEmpty();
    }

    private static int longest(Text source) {
        return source.isProduct() ? LONGEST_FILE : LONGEST_TEST_FILE;
    }

    @Test
    void aMethodFitsOnAScreen() {
        var looked = SOURCES.stream()
                .filter(source -> !LONGER_METHODS.containsKey(source.name()))
                .toList();
        assertThat(Tidy.longMethods(looked, source -> source.isProduct() ? LONGEST_METHOD : LONGEST_TEST_METHOD))
                .isEmpty();

        var planted = text("class Planted {\n    void tooLong() {\n        int a;\n        int b;\n    }\n}\n");
        assertThat(Tidy.longMethods(List.of(planted), any -> 3))
                .singleElement()
                .asString()
                .contains("Planted.java:2: tooLong has 4");
        assertThat(Tidy.longMethods(List.of(planted), any -> 4)).isEmpty();
    }

    @Test
    void aNameMeansOneClass() {
        var product = SOURCES.stream().filter(Text::isProduct).toList();
        assertThat(Tidy.clashingNames(product, OF_EACH_SERVICE)).isEmpty();

        var planted = Stream.of("a/Twin.java", "b/Twin.java", "b/package-info.java", "a/package-info.java")
                .map(path -> new Text(Path.of(path), ""))
                .toList();
        assertThat(Tidy.clashingNames(planted, Set.of()))
                .singleElement()
                .asString()
                .startsWith("Twin: a/Twin.java");
        assertThat(Tidy.clashingNames(planted, Set.of("Twin"))).isEmpty();
    }

    @Test
    void aParameterIsToldByWhatItIs() {
        assertThat(SOURCES).flatMap(Tidy::vagueParameters).isEmpty();

        assertThat(Tidy.vagueParameters(text("/** @" + "param caller whoever asks */")))
                .hasSize(1);
        assertThat(Tidy.vagueParameters(text("/** @" + "param caller asks. Whoever it is */")))
                .hasSize(1);
        assertThat(Tidy.vagueParameters(text("/** @" + "param caller the customer */ /** Somebody else. */")))
                .isEmpty();
        assertThat(Tidy.vagueParameters(text("/** For somebody. @" + "param caller the customer */")))
                .isEmpty();
    }

    @Test
    void whatIsBannedHasAReplacement() {
        assertThat(SOURCES)
                .filteredOn(Text::isProduct)
                .filteredOn(
                        source -> !STARTS_AND_ENDS.matcher("/" + source.path()).matches())
                .flatMap(source -> Tidy.bannedCalls(source, BANNED))
                .isEmpty();

        assertThat(Tidy.bannedCalls(text("e.printStackTrace();"), BANNED))
                .singleElement()
                .asString()
                .contains("expected: the log");
        assertThat("/app/src/main/java/NoOrderflow.java").doesNotMatch(STARTS_AND_ENDS);
        assertThat("/app/src/main/java/Orderflow.java").matches(STARTS_AND_ENDS);
    }

    @Test
    void onlyMainClassesPrint() {
        assertThat(SOURCES)
                .filteredOn(Text::isProduct)
                .filteredOn(source ->
                        !SPEAKS_TO_ITS_USER.matcher("/" + source.path()).matches())
                .flatMap(source -> Tidy.bannedCalls(source, PRINTING))
                .isEmpty();

        assertThat(Tidy.bannedCalls(text("System.out.println(1);"), PRINTING)).hasSize(1);
    }

    @Test
    void aPageHasOneTitle() {
        assertThat(PAGES).flatMap(Tidy::titles).isEmpty();

        assertThat(Tidy.titles(text("# One\n\n# Two\n"))).hasSize(1);
        assertThat(Tidy.titles(text("no title\n"))).hasSize(1);
        assertThat(Tidy.titles(text("# One\n\n```sh\n# a comment\n```\n\n## Part\n")))
                .isEmpty();
    }

    @Test
    void linksLeadSomewhere(@TempDir Path folder) throws IOException {
        assertThat(PAGES).flatMap(page -> Tidy.deadLinks(page, Text.ROOT)).isEmpty();

        Files.writeString(folder.resolve("there.md"), "# There\n\n## What it's for\n");
        var planted = new Text(
                Path.of("here.md"),
                "[a](there.md) [b](there.md#what-its-for) [c](gone.md) [d](there.md#gone) [e](#gone)");
        Files.writeString(folder.resolve("here.md"), planted.content());
        assertThat(Tidy.deadLinks(planted, folder)).hasSize(3).allMatch(finding -> finding.contains("gone"));
    }

    private static Text text(String content) {
        return new Text(Path.of("planted/Planted.java"), content);
    }
}
