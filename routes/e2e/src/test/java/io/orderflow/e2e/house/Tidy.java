package io.orderflow.e2e.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What texts keep to. Each rule is a function of texts that gives what is wrong with them, one finding a line. */
final class Tidy {

    static final int COLUMNS = 120;

    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\"\\n.*?\"\"\"");
    private static final Pattern COMMENT = Pattern.compile("\\s*(#|--) .*");
    private static final Pattern LITERAL = Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"");
    private static final Pattern VAGUE =
            Pattern.compile("(?i)@param\\s+\\S+\\s(?:(?!\\*/)[^@])*?\\b(somebody|whoever)\\b");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```\\s*$");

    private Tidy() {}

    /** Lines of code and of comments alike. What a literal says is data, and does not count. */
    static List<String> wideLines(Text text) {
        return wide(text, withoutLiterals(text.content()).lines());
    }

    private static List<String> wide(Text text, Stream<String> all) {
        var lines = all.toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).length() > COLUMNS)
                .mapToObj(i -> "%s:%d: %d columns (expected: at most %d)"
                        .formatted(text.path(), i + 1, lines.get(i).length(), COLUMNS))
                .toList();
    }

    /** Lines of a script that are comments; a command may be as long as it must. */
    static List<String> wideComments(Text script) {
        return wide(script, script.lines().map(line -> COMMENT.matcher(line).matches() ? line : ""));
    }

    private static String withoutLiterals(String code) {
        var blocks = TEXT_BLOCK.matcher(code).replaceAll(block -> "\n"
                .repeat((int) block.group().lines().count() - 1));
        return LITERAL.matcher(blocks).replaceAll("\"\"");
    }

    static List<String> longFile(Text text, int most) {
        long lines = text.lines().count();
        return lines <= most
                ? List.of()
                : List.of("%s: %d lines (expected: at most %d)".formatted(text.path(), lines, most));
    }

    /** Methods as the compiler sees them, from their annotations to their last brace. */
    static List<String> longMethods(List<Text> texts, ToIntFunction<Text> most) {
        var findings = new ArrayList<String>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var sources = texts.stream().map(Source::new).toList();
        Map<URI, Text> byUri = sources.stream().collect(Collectors.toMap(Source::toUri, source -> source.text));
        var task = (JavacTask) compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, sources);
        var positions = Trees.instance(task).getSourcePositions();
        for (var unit : parsed(task)) {
            var lines = unit.getLineMap();
            var text = byUri.get(unit.getSourceFile().toUri());
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void nothing) {
                    long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                    long size = lines.getLineNumber(positions.getEndPosition(unit, method)) - first + 1;
                    if (size > most.applyAsInt(text)) {
                        findings.add("%s:%d: %s has %d lines (expected: at most %d)"
                                .formatted(text.path(), first, method.getName(), size, most.applyAsInt(text)));
                    }
                    return super.visitMethod(method, nothing);
                }
            }.scan(unit, null);
        }
        return findings;
    }

    private static Iterable<? extends CompilationUnitTree> parsed(JavacTask task) {
        try {
            return task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final Text text;

        private Source(Text text) {
            super(URI.create("text:///" + text.path()), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text.content();
        }
    }

    /** One simple name, one class: whoever reads it anywhere knows which is meant. */
    static List<String> clashingNames(Collection<Text> texts, Collection<String> allowed) {
        Map<String, List<Text>> byName =
                texts.stream().collect(Collectors.groupingBy(Text::name, TreeMap::new, Collectors.toList()));
        return byName.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .filter(one -> !one.getKey().endsWith("-info") && !allowed.contains(one.getKey()))
                .map(one -> one.getKey() + ": "
                        + one.getValue().stream()
                                .map(text -> text.path().toString())
                                .collect(Collectors.joining(" and "))
                        + " (expected: one class of a name)")
                .toList();
    }

    /** A parameter is told by what it is, not by who might have an interest in it. */
    static List<String> vagueParameters(Text text) {
        return VAGUE.matcher(text.content())
                .results()
                .map(found -> "%s: @param says '%s' (expected: who it is)".formatted(text.path(), found.group(1)))
                .toList();
    }

    /** @param banned what each call is to be replaced by */
    static List<String> bannedCalls(Text text, Map<Pattern, String> banned) {
        return banned.entrySet().stream()
                .flatMap(one -> one.getKey().matcher(text.content()).results().map(found -> "%s: %s (expected: %s)"
                        .formatted(text.path(), found.group(), one.getValue())))
                .toList();
    }

    static List<String> titles(Text markdown) {
        long titles =
                prose(markdown).lines().filter(line -> line.startsWith("# ")).count();
        return titles == 1 ? List.of() : List.of("%s: %d titles (expected: one)".formatted(markdown.path(), titles));
    }

    /** @param root below which the text's path is */
    static List<String> deadLinks(Text markdown, Path root) {
        return LINK.matcher(prose(markdown))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.matches("[a-z]+:.*") && !leads(markdown, root, link))
                .map(link ->
                        "%s: %s leads nowhere (expected: a file, or a heading of one)".formatted(markdown.path(), link))
                .toList();
    }

    private static boolean leads(Text markdown, Path root, String link) {
        var parts = link.split("#", 2);
        var here = root.resolve(markdown.path());
        var there = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
        if (!Files.exists(there)) {
            return false;
        }
        return parts.length == 1
                || Text.below(there.getParent(), there.getFileName().toString()).stream()
                        .flatMap(Tidy::anchors)
                        .anyMatch(parts[1]::equals);
    }

    /** Headings as a browser of the repository names them. */
    private static Stream<String> anchors(Text markdown) {
        return prose(markdown)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading ->
                        heading.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'));
    }

    private static String prose(Text markdown) {
        return FENCED.matcher(markdown.content()).replaceAll("");
    }
}
