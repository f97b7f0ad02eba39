import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Breaks one guarantee at a time and checks that its named test turns red: the tests of the tests. It works on a copy of the committed files under {@code target/mutants}, reads
 * {@code routes/e2e/src/mutants/mutants.txt}, and ends with 1 if a mutation survives, does not compile or no longer fits the source.
 *
 * <p>Arguments: words that select the mutations whose title has one of them; none for all. {@code --fit} runs none and only looks whether each still fits the source and names a test
 * that is there.
 */
public class Mutants {

    private static final Path LIST = Path.of("routes/e2e/src/mutants/mutants.txt");
    private static final Path COPY = Path.of("target/mutants/tree");

    /** A mutation: in a file a text gives way to another, and a test of a module must notice. */
    record Mutant(String title, Path file, String from, String to, String module, String test) {

        /** Most modules are below routes. */
        Path folder() {
            var routes = Path.of("routes", module);
            return Files.isDirectory(routes) ? routes : Path.of(module);
        }
    }

    public static void main(String... words) throws Exception {
        if (List.of(words).equals(List.of("--fit"))) {
            var misfits = read().stream().filter(mutant -> !fits(mutant)).map(Mutant::title).toList();
            misfits.forEach(title -> System.out.println("MISFIT  " + title));
            System.exit(misfits.isEmpty() ? 0 : 1);
        }
        copy();
        int survived = 0;
        var mutants = read().stream()
                .filter(mutant -> words.length == 0 || List.of(words).stream().anyMatch(mutant.title()::contains))
                .toList();
        for (var mutant : mutants) {
            long start = System.nanoTime();
            var verdict = judge(mutant);
            survived += verdict.equals("found") ? 0 : 1;
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %4d s  %s  (%s)%n",
                    verdict,
                    (System.nanoTime() - start) / 1_000_000_000,
                    mutant.title(),
                    mutant.test());
        }
        System.out.println(mutants.size() - survived + " of " + mutants.size() + " mutations found");
        System.exit(survived == 0 ? 0 : 1);
    }

    private static boolean fits(Mutant mutant) {
        try (var tests = Files.walk(mutant.folder().resolve("src/test"))) {
            var source = Files.readString(mutant.file());
            int at = source.indexOf(mutant.from());
            var test = mutant.test().split("#");
            var named = tests.filter(path -> path.getFileName().toString().equals(test[0] + ".java")).findFirst();
            return at >= 0
                    && source.indexOf(mutant.from(), at + 1) < 0
                    && named.isPresent()
                    && (test.length == 1 || Files.readString(named.get()).contains(" " + test[1] + "("));
        } catch (IOException e) {
            return false;
        }
    }

    private static String judge(Mutant mutant) throws IOException, InterruptedException {
        var file = COPY.resolve(mutant.file());
        var source = Files.readString(file);
        int at = source.indexOf(mutant.from());
        if (at < 0 || source.indexOf(mutant.from(), at + 1) >= 0) {
            return "MISFIT";
        }
        Files.writeString(file, source.replace(mutant.from(), mutant.to()));
        try {
            return run(mutant);
        } finally {
            Files.writeString(file, source);
        }
    }

    private static String run(Mutant mutant) throws IOException, InterruptedException {
        var log = Path.of("target/mutants").resolve(mutant.title().replaceAll("[^a-z]+", "-") + ".log");
        var maven = onPath() ? "mvn" : "./mvnw";
        var process = new ProcessBuilder(
                        maven,
                        "--batch-mode",
                        "-q",
                        "-Dformat.goal=apply",
                        "-Dsurefire.failIfNoSpecifiedTests=false",
                        "-Dtest=" + mutant.test(),
                        "-pl",
                        mutant.folder().toString(),
                        "-am",
                        "package")
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = process.waitFor();
        var output = Files.readString(log);
        if (output.contains("COMPILATION ERROR")) {
            return "NO BUILD";
        }
        if (exit != 0 && output.contains("Tests run:")) {
            return "found";
        }
        return exit == 0 ? "SURVIVED" : "NO TEST";
    }

    private static boolean onPath() {
        for (var folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "mvn"))) {
                return true;
            }
        }
        return false;
    }

    /** Brings the copy to the state of the working tree's tracked files; compiled classes stay, so that only what changes is built. */
    private static void copy() throws IOException, InterruptedException {
        var process = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard").start();
        for (var name : new String(process.getInputStream().readAllBytes()).split("\n")) {
            var from = Path.of(name);
            var to = COPY.resolve(name);
            if (Files.isRegularFile(from)
                    && (!Files.exists(to) || Files.mismatch(from, to) >= 0)) {
                Files.createDirectories(to.getParent());
                Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        process.waitFor();
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
                mutants.add(new Mutant(
                        title, file, String.join("\n", from), String.join("\n", to), words[0], words[1]));
            }
        }
        return mutants;
    }
}
