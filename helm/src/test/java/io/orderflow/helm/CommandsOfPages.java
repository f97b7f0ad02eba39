package io.orderflow.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every command of kubectl and helm that a page, the notes or a script tells to type: one for each service, if so. */
final class CommandsOfPages {

    /** What they stand for in our pages and scripts. */
    private static final List<String[]> MEANT = List.of(
            new String[] {"$NS", Chart.NAMESPACE},
            new String[] {"$REL", Chart.RELEASE},
            new String[] {"$APP", Chart.RELEASE + "-orderflow"},
            new String[] {"$services", "app.kubernetes.io/part-of=orderflow"});

    private static final Pattern EACH = Pattern.compile("<(?:role|service)>|\\$\\{?(?:role|service)\\b}?");
    private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```[a-z]*\n(.*?)^\\1```$");
    private static final Pattern INLINE = Pattern.compile("`((?:kubectl|helm) [^`]+)`");

    private static final Pattern APPLIED =
            Pattern.compile("(?ms)^( *)kubectl [^\n]* apply [^\n]*<<'?EOF'?\n(.*?)^\\1EOF$");
    private static final Pattern COPIED =
            Pattern.compile("get deployment/\\S+ -o json \\| jq '[^']*metadata: \\{name: \"([a-z]+)\"");

    private static final Path HOUSE = Chart.ROOT.resolve("..");
    private static final Set<String> PROGRAMS = Set.of("kubectl", "helm");

    /** As it is typed, and where. */
    record Typed(String page, String line, ClusterCommand command) {

        @Override
        public String toString() {
            return page + ": " + line.strip();
        }
    }

    private CommandsOfPages() {}

    /** Of the pages for people, by their file. */
    static List<Path> pages() {
        List<Path> pages = new ArrayList<>(List.of(HOUSE.resolve("README.md"), Chart.SOURCE.resolve("README.md")));
        try (var docs = Files.walk(HOUSE.resolve("docs"))) {
            docs.filter(page ->
                            page.toString().endsWith(".md") && !page.toString().contains("/adr/"))
                    .sorted()
                    .forEach(pages::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    static List<Typed> in(Path page) {
        return of(HOUSE.relativize(page).toString(), read(page));
    }

    /** What a page has one apply by hand: what stands in the command, and copies of what is there. */
    static Manifests appliedIn(Path page) {
        var text = read(page);
        return Manifests.parse(Stream.concat(
                        APPLIED.matcher(text).results().map(one -> one.group(2)
                                .indent(-one.group(1).length())),
                        COPIED.matcher(text)
                                .results()
                                .map(one -> "kind: Deployment\nmetadata: {name: " + one.group(1) + "}\n"))
                .collect(Collectors.joining("\n---\n")));
    }

    /** @param text in the form of our pages */
    static List<Typed> of(String page, String text) {
        List<Typed> typed = new ArrayList<>();
        FENCE.matcher(text).results().forEach(block -> typed.addAll(typed(page, block.group(2))));
        INLINE.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(one -> one.group(1))
                .filter(one -> one.split(" ").length > 2)
                .forEach(one -> typed.addAll(typed(page, one)));
        return typed;
    }

    /** Each line, as of a script or of the notes. */
    static List<Typed> typed(String page, String text) {
        List<Typed> typed = new ArrayList<>();
        var script = text.replace("\\\n", " ")
                .replaceAll("(?m)^k\\(\\) .*", "")
                .replaceAll("(?m)(^|[ (])k (?=[a-z])", "$1kubectl -n orders ");
        for (var line : script.split("\n")) {
            for (var variant : variants(line)) {
                ShellWords.calls(variant, PROGRAMS)
                        .forEach(call -> typed.add(new Typed(page, variant, new ClusterCommand(call))));
            }
        }
        return typed;
    }

    private static Set<String> variants(String line) {
        var meant = line;
        for (var pair : MEANT) {
            meant = meant.replace(pair[0], pair[1]);
        }
        if (!EACH.matcher(meant).find()) {
            return Set.of(meant);
        }
        Set<String> variants = new TreeSet<>();
        for (var role : Roles.BY_DEFAULT.names()) {
            variants.add(EACH.matcher(meant).replaceAll(role));
        }
        return variants;
    }

    static Stream<Path> scripts() {
        return Stream.of("up", "test", "down").map(script -> Chart.ROOT.resolve("kind/" + script));
    }

    static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
