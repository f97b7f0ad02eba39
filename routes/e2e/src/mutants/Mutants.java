import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Breaks one guarantee at a time and checks that its named test turns red: the tests of the tests. It reads
 * {@code routes/e2e/src/mutants/mutants.txt} and works on a copy of the committed files, which is built once. A test
 * has to be green there; then only the mutated file is compiled and stands first on the test's class path. So a
 * mutation costs one test and no build.
 *
 * <p>What it says of a mutation: {@code found}, with what the test said; {@code SURVIVED}; {@code HANGS}, the test
 * neither fails nor ends; {@code NO BUILD}, it does not compile; {@code NO TEST}, no test has this name;
 * {@code MISFIT}, the text is not in the file or twice; {@code RED ALREADY}, the test fails without it and so proves
 * nothing. It ends with 1 unless all are found.
 *
 * <p>Arguments: a phrase, for the mutations whose title or test has it; none for all. {@code --fit} runs none and only
 * looks whether each still fits the source and names a test that is there.
 */
public class Mutants {

    private static final Path LIST = Path.of("routes/e2e/src/mutants/mutants.txt");
    private static final Path WORK = Path.of("target/mutants").toAbsolutePath();
    private static final Path COPY = WORK.resolve("tree");
    private static final Path GREEN = WORK.resolve("green");
    private static final int AT_ONCE = 2;
    private static final int LONGEST_MINUTES = 10;
    private static final int LONGEST_REASON = 120;

    /** A mutation: in a file a text gives way to another, and a test of a module must notice. */
    record Mutant(String title, Path file, String from, String to, String module, String test) {

        /** Most modules are below routes. */
        Path folder() {
            var routes = Path.of("routes", module);
            return Files.isDirectory(routes) ? routes : Path.of(module);
        }

        String named() {
            return module + " " + test;
        }

        String testClass() {
            return test.split("#")[0];
        }

        /** Where the mutated file's own module is, or null for a file that is of none, as the chart's are. */
        Path home() {
            int at = file.toString().indexOf("/src/main/");
            return at < 0 ? null : COPY.resolve(file.toString().substring(0, at));
        }

        Path overlay() {
            return WORK.resolve("overlay").resolve(title.replaceAll("[^a-z]+", "-"));
        }
    }

    record Verdict(String word, String reason) {}

    public static void main(String... words) throws Exception {
        if (List.of(words).equals(List.of("--fit"))) {
            var misfits = read().stream()
                    .filter(mutant -> !fits(mutant))
                    .map(Mutant::title)
                    .toList();
            misfits.forEach(title -> System.out.println("MISFIT  " + title));
            System.exit(misfits.isEmpty() ? 0 : 1);
        }
        long start = System.nanoTime();
        var phrase = String.join(" ", words);
        var mutants = read().stream()
                .filter(mutant ->
                        mutant.title().contains(phrase) || mutant.test().contains(phrase))
                .toList();
        build();
        var red = red(mutants);
        int found = 0;
        for (var ofOneKind : mutants.stream()
                .collect(Collectors.partitioningBy(mutant -> mutant.home() == null))
                .values()) {
            // What is of no module is changed in the copy itself, which nobody else may be reading then.
            found += atOnce(
                            ofOneKind.stream().allMatch(mutant -> mutant.home() == null) ? 1 : AT_ONCE,
                            ofOneKind,
                            mutant -> tell(mutant, red))
                    .stream()
                    .mapToInt(isFound -> isFound ? 1 : 0)
                    .sum();
        }
        System.out.printf(
                "%d of %d mutations found in %d minutes%n",
                found, mutants.size(), (System.nanoTime() - start) / 60_000_000_000L);
        System.exit(found == mutants.size() ? 0 : 1);
    }

    private static boolean fits(Mutant mutant) {
        try (var tests = Files.walk(mutant.folder().resolve("src/test"))) {
            var test = mutant.test().split("#");
            var named = tests.filter(path -> path.getFileName().toString().equals(test[0] + ".java"))
                    .findFirst();
            return occursOnce(mutant, Files.readString(mutant.file()))
                    && named.isPresent()
                    && (test.length == 1 || Files.readString(named.get()).contains(" " + test[1] + "("));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean occursOnce(Mutant mutant, String source) {
        int at = source.indexOf(mutant.from());
        return at >= 0 && source.indexOf(mutant.from(), at + 1) < 0;
    }

    private interface Task<I, O> {
        O of(I given) throws Exception;
    }

    private static <I, O> List<O> atOnce(int many, Collection<I> all, Task<I, O> task) throws Exception {
        var done = new ArrayList<O>();
        try (var workers = Executors.newFixedThreadPool(many)) {
            for (var one : workers.invokeAll(all.stream()
                    .map(given -> (Callable<O>) () -> task.of(given))
                    .toList())) {
                done.add(one.get());
            }
        }
        return done;
    }

    /**
     * Those of the tests that fail although nothing is mutated; a class runs once for all of its tests, and what is
     * green stays so until the copy changes.
     */
    private static Set<String> red(List<Mutant> mutants) throws Exception {
        var green = Files.readAllLines(GREEN);
        var classes = mutants.stream()
                .filter(mutant -> !green.contains(mutant.named()))
                .collect(Collectors.groupingBy(mutant -> mutant.module() + " " + mutant.testClass()));
        return atOnce(AT_ONCE, classes.values(), Mutants::redOfOneClass).stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static Set<String> redOfOneClass(List<Mutant> mutants) throws Exception {
        var tests = mutants.stream().map(Mutant::test).collect(Collectors.toSet());
        boolean allGreen = run(mutants.get(0), tests, null).word().equals("SURVIVED");
        var red = new HashSet<String>();
        for (var mutant : mutants) {
            if (allGreen || run(mutant, Set.of(mutant.test()), null).word().equals("SURVIVED")) {
                Files.writeString(GREEN, mutant.named() + "\n", StandardOpenOption.APPEND);
            } else {
                red.add(mutant.named());
            }
        }
        return red;
    }

    private static boolean tell(Mutant mutant, Set<String> red) throws Exception {
        long start = System.nanoTime();
        var verdict = red.contains(mutant.named()) ? new Verdict("RED ALREADY", "") : judge(mutant);
        System.out.printf(
                "%-11s %4d s  %s  (%s)  %s%n",
                verdict.word(),
                (System.nanoTime() - start) / 1_000_000_000,
                mutant.title(),
                mutant.named(),
                verdict.reason());
        return verdict.word().equals("found");
    }

    private static Verdict judge(Mutant mutant) throws Exception {
        var source = Files.readString(COPY.resolve(mutant.file()));
        if (!occursOnce(mutant, source)) {
            return new Verdict("MISFIT", "");
        }
        var mutated = source.replace(mutant.from(), mutant.to());
        if (mutant.home() == null) {
            Files.writeString(COPY.resolve(mutant.file()), mutated);
            try {
                return run(mutant, Set.of(mutant.test()), null);
            } finally {
                Files.writeString(COPY.resolve(mutant.file()), source);
            }
        }
        delete(mutant.overlay());
        for (var built : files(mutant.home().resolve("target/classes"), "")) {
            var copied = mutant.overlay()
                    .resolve(mutant.home().resolve("target/classes").relativize(built));
            Files.createDirectories(copied.getParent());
            Files.copy(built, copied);
        }
        var inOverlay = mutant.overlay()
                .resolve(mutant.home()
                        .relativize(COPY.resolve(mutant.file()))
                        .toString()
                        .replaceFirst("src/main/[a-z]+/", ""));
        Files.writeString(inOverlay, mutated);
        if (mutant.file().toString().endsWith(".java")) {
            var error = compile(mutant, List.of(inOverlay), mutant.home());
            if (error.isEmpty() && othersSeeIt(mutant)) {
                error = compile(mutant, everyOther(mutant, inOverlay), COPY.resolve(mutant.folder()));
            }
            if (!error.isEmpty()) {
                return new Verdict("NO BUILD", error.lines().findFirst().get().replaceFirst(".*/", ""));
            }
        }
        return run(mutant, Set.of(mutant.test()), mutant.overlay());
    }

    private static String compile(Mutant mutant, List<Path> sources, Path module) throws IOException {
        var errors = new ByteArrayOutputStream();
        var arguments = Stream.concat(
                Stream.of(
                        "--release",
                        property("maven.compiler.release"),
                        "-parameters",
                        "-nowarn",
                        "-proc:none",
                        "-d",
                        mutant.overlay().toString(),
                        "-cp",
                        // Provided where tests run, and so on no module's class path: a listener of ours knows it.
                        classPath(module) + ":" + launcher()),
                sources.stream().map(Path::toString));
        int exit = ToolProvider.getSystemJavaCompiler().run(null, errors, errors, arguments.toArray(String[]::new));
        return exit == 0 ? "" : errors.toString();
    }

    /**
     * Whether the mutation changes a constant, a signature or a record's components, which are compiled into those who
     * use them.
     */
    private static boolean othersSeeIt(Mutant mutant) throws IOException {
        for (var compiled : files(mutant.overlay(), ".class")) {
            var before = mutant.home()
                    .resolve("target/classes")
                    .resolve(mutant.overlay().relativize(compiled));
            if (!Files.exists(before)
                    || Files.mismatch(before, compiled) >= 0 && !outside(before).equals(outside(compiled))) {
                return true;
            }
        }
        return false;
    }

    private static String outside(Path compiled) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        java.util.spi.ToolProvider.findFirst("javap")
                .get()
                .run(out, out, "-package", "-constants", compiled.toString());
        return text.toString();
    }

    /** All sources that the test's module sees and its own, with the mutated file in place of its original. */
    private static List<Path> everyOther(Mutant mutant, Path mutated) throws IOException {
        var sources = new ArrayList<>(List.of(mutated));
        var seen = classPath(COPY.resolve(mutant.folder()));
        try (var modules = Files.list(COPY.resolve("routes"))) {
            for (var module : modules.filter(one -> seen.contains(one.resolve("target") + "/")).toList()) {
                for (var source : files(module.resolve("src/main/java"), ".java")) {
                    if (!source.equals(COPY.resolve(mutant.file()))) {
                        sources.add(source);
                    }
                }
            }
        }
        sources.addAll(files(COPY.resolve(mutant.folder()).resolve("src/test/java"), ".java"));
        return sources;
    }

    /**
     * Runs tests as the build does, each time in a process of its own; with a mutation its overlay is what is found
     * first.
     */
    private static Verdict run(Mutant mutant, Set<String> tests, Path overlay) throws Exception {
        var module = COPY.resolve(mutant.folder());
        var name = overlay == null
                ? mutant.module() + "-" + mutant.testClass()
                : mutant.overlay().getFileName();
        var log = Files.createDirectories(WORK.resolve("log")).resolve(name + ".log");
        var arguments = Files.writeString(
                WORK.resolve("log").resolve(name + ".arguments"),
                property("test.jvm") + "\n-cp "
                        + (overlay == null
                                ? classPath(module)
                                : overlay + ":" + without(mutant.home(), classPath(module)))
                        + ":" + launcher());
        var named = files(module.resolve("src/test/java"), "/" + mutant.testClass() + ".java")
                .get(0);
        var testClass = module.resolve("src/test/java")
                .relativize(named)
                .toString()
                .replace(".java", "")
                .replace('/', '.');
        var methods = tests.stream()
                .map(test -> test.contains("#") ? test.substring(test.indexOf('#') + 1) : ".*")
                .collect(Collectors.joining("|"));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + arguments,
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--select-class=" + testClass,
                        "--include-methodname=.*#(" + methods + ")",
                        "--exclude-tag=campaign",
                        "--fail-if-no-tests",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--details=tree")
                .directory(module.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Helm's engine writes there.
        builder.environment().put("HOME", module.resolve("target/home").toString());
        var process = builder.start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Verdict("HANGS", "");
        }
        if (process.exitValue() == 0) {
            return new Verdict("SURVIVED", "");
        }
        // What the first that failed said, so that one sees whether it failed for the mutation's sake.
        var failures = Files.readString(log).split("\n    => ");
        if (failures.length == 1) {
            return new Verdict("NO TEST", "");
        }
        var said = failures[1].replaceAll("\\s+", " ");
        return new Verdict("found", said.substring(0, Math.min(said.length(), LONGEST_REASON)));
    }

    private static String property(String name) throws IOException {
        var matcher =
                Pattern.compile("<" + name + ">(.*)</" + name + ">").matcher(Files.readString(COPY.resolve("pom.xml")));
        matcher.find();
        return matcher.group(1);
    }

    private static String classPath(Path module) throws IOException {
        return module.resolve("target/test-classes") + ":" + module.resolve("target/classes") + ":"
                + Files.readString(module.resolve("target/test-classpath")).strip();
    }

    /** So that no resource is there twice. */
    private static String without(Path module, String classPath) {
        return Stream.of(classPath.split(":"))
                .filter(entry -> !entry.equals(module.resolve("target/classes").toString()))
                .filter(entry -> !entry.startsWith(module.resolve("target") + "/") || !entry.endsWith("-SNAPSHOT.jar"))
                .collect(Collectors.joining(":"));
    }

    private static Path launcher() throws IOException {
        return files(WORK.resolve("launcher"), ".jar").get(0);
    }

    /** Brings the copy to the state of the working tree's files, and builds it if it differed. */
    private static void build() throws IOException, InterruptedException {
        if (!copy() && Files.exists(GREEN)) {
            return;
        }
        Files.deleteIfExists(GREEN);
        maven(
                "-DskipTests",
                "-Dspotless.check.skip",
                "package",
                "dependency:build-classpath",
                "-Dmdep.outputFile=target/test-classpath");
        var junit =
                Pattern.compile("junit-platform-engine-([0-9.]+)\\.jar").matcher(classPath(COPY.resolve("routes/e2e")));
        junit.find();
        maven(
                "-N",
                "dependency:copy",
                "-Dartifact=org.junit.platform:junit-platform-console-standalone:" + junit.group(1),
                "-DoutputDirectory=" + WORK.resolve("launcher"));
        Files.createFile(GREEN);
    }

    private static void maven(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(onPath() ? "mvn" : "./mvnw", "--batch-mode", "-q"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command)
                        .directory(COPY.toFile())
                        .inheritIO()
                        .start()
                        .waitFor()
                != 0) {
            System.exit(1);
        }
    }

    private static boolean onPath() {
        for (var folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "mvn"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the copy differed; what was compiled stays, so that only what changed is built. */
    private static boolean copy() throws IOException, InterruptedException {
        boolean differed = false;
        var process = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard").start();
        var names = new HashSet<Path>();
        for (var name : new String(process.getInputStream().readAllBytes()).split("\n")) {
            var from = Path.of(name);
            var to = COPY.resolve(name);
            if (Files.isRegularFile(from)) {
                names.add(to);
                if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
                    Files.createDirectories(to.getParent());
                    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                    differed |= !from.startsWith(LIST.getParent());
                }
            }
        }
        process.waitFor();
        for (var file : files(COPY, "")) {
            if (file.toString().contains("/src/")
                    && !file.toString().contains("/target/classes/")
                    && !names.contains(file)) {
                Files.delete(file);
                differed = true;
            }
        }
        return differed;
    }

    /** None where there is no such folder: a module of tests has no main sources. */
    private static List<Path> files(Path folder, String end) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Mutant> read() throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        String title = null;
        Path file = null;
        var from = new ArrayList<String>();
        var to = new ArrayList<String>();
        for (var line : Files.readAllLines(LIST)) {
            if (line.startsWith("# ")) {
                title = line.substring(2);
                from.clear();
                to.clear();
            } else if (line.startsWith("in ")) {
                file = Path.of(line.substring(3));
            } else if (line.startsWith("- ")) {
                from.add(line.substring(2));
            } else if (line.startsWith("+")) {
                to.add(line.length() > 1 ? line.substring(2) : "");
            } else if (line.startsWith("red ")) {
                var words = line.substring(4).split(" ");
                mutants.add(
                        new Mutant(title, file, String.join("\n", from), String.join("\n", to), words[0], words[1]));
            }
        }
        return mutants;
    }
}
