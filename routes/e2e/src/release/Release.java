import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code make release VERSION=0.1.0}: makes a release of what is committed, as two commits and a tag, and publishes
 * nothing. The version stands in one place, the poms; what else has it is rendered from there.
 *
 * <ol>
 *   <li>It looks: nothing is uncommitted, the version is new, mutations fit, the changelog has something to tell.
 *   <li>The first commit has the version everywhere, the changelog's date, and a copy of the events' schemas beside the
 *       releases' examples. The tag stands on it.
 *   <li>The second has the next version's snapshot, and names the first in the changelog ({@code Commit: …}): that is
 *       what {@code make check} builds and runs beside the newest from then on.
 * </ol>
 *
 * <p>Arguments: the version, and the commands that render what is derived and that look whether mutations fit.
 */
public class Release {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final Pattern OF_THE_POM = Pattern.compile("<artifactId>orderflow</artifactId>\\s*<version>([^<]+)<");
    private static final Path CHANGELOG = Path.of("CHANGELOG.md");
    private static final Path SCHEMAS = Path.of("routes/contracts/src/main/resources/schemas");
    private static final Path GOLDEN = Path.of("routes/messaging/src/test/resources/golden");
    private static final String UNRELEASED = "## Unreleased\n";

    private final String version;
    private final String render;

    private Release(String version, String render) {
        this.version = version;
        this.render = render;
    }

    /** Why there is no release, in one line for the person who asked for it. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    public static void main(String... arguments) throws Exception {
        try {
            if (arguments.length != 3) {
                throw new Refused("arguments: " + arguments.length + " (expected: version, render, fit)");
            }
            new Release(arguments[0], arguments[1]).make(arguments[2]);
        } catch (Refused e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private void make(String fit) throws IOException, InterruptedException {
        var parts = VERSION.matcher(version);
        if (!parts.matches()) {
            throw new Refused("VERSION: " + version + " (expected: three numbers, make release VERSION=0.1.0)");
        }
        var snapshot = current();
        look(snapshot, fit);

        replace(snapshot, version);
        tellReleased();
        keepSchemas();
        run(render);
        commit("Release " + version, "Nothing is published by it.");
        run("git", "tag", "--annotate", "v" + version, "--message", "orderflow " + version);

        var commit = run("git", "rev-parse", "HEAD").strip();
        var next = parts.group(1) + "." + (Integer.parseInt(parts.group(2)) + 1) + ".0-SNAPSHOT";
        replace(version, next);
        nameCommit(commit);
        run(render);
        commit("Begin " + next, "The changelog names the commit of " + version + ", which make check runs beside what follows.");
        System.out.println("v" + version + " is " + commit + "; here it is " + next + " now. Nothing is published.");
    }

    private static String current() throws IOException {
        var found = OF_THE_POM.matcher(Files.readString(Path.of("pom.xml")));
        if (!found.find() || !found.group(1).endsWith("-SNAPSHOT")) {
            throw new Refused("pom.xml: no snapshot (expected: the version after the last release, with -SNAPSHOT)");
        }
        return found.group(1);
    }

    private void look(String snapshot, String fit) throws IOException, InterruptedException {
        if (!run("git", "status", "--porcelain").isBlank()) {
            throw new Refused("uncommitted changes (expected: none, git status)");
        }
        if (!run("git", "tag", "--list", "v" + version).isBlank()) {
            throw new Refused("VERSION: " + version + " (expected: one that is not tagged yet)");
        }
        if (Arrays.compare(numbers(version), numbers(snapshot.replace("-SNAPSHOT", ""))) < 0) {
            throw new Refused("VERSION: " + version + " (expected: " + snapshot.replace("-SNAPSHOT", "") + " or later)");
        }
        if (unreleased(Files.readString(CHANGELOG)).isBlank()) {
            throw new Refused(CHANGELOG + ": nothing below Unreleased (expected: what the release brings)");
        }
        run(fit);
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static String unreleased(String changelog) {
        int begin = changelog.indexOf(UNRELEASED);
        if (begin < 0) {
            throw new Refused(CHANGELOG + ": no Unreleased (expected: a heading " + UNRELEASED.strip() + ")");
        }
        var rest = changelog.substring(begin + UNRELEASED.length());
        int end = rest.indexOf("\n## ");
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** In the poms, and where README says which version this is. */
    private static void replace(String from, String to) throws IOException, InterruptedException {
        var poms = List.of(run("git", "ls-files", "pom.xml", "*/pom.xml").split("\n"));
        for (var pom : poms) {
            change(Path.of(pom), "<version>" + from + "</version>", "<version>" + to + "</version>");
        }
        change(Path.of("README.md"), "**State:** " + from + " ", "**State:** " + to + " ");
    }

    private static void change(Path file, String from, String to) throws IOException {
        var text = Files.readString(file);
        if (!text.contains(from)) {
            throw new Refused(file + ": no " + from + " (expected: the version of the other poms)");
        }
        Files.writeString(file, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
    }

    private void tellReleased() throws IOException {
        var today = LocalDate.now(ZoneOffset.UTC);
        Files.writeString(
                CHANGELOG,
                Files.readString(CHANGELOG).replace(UNRELEASED, UNRELEASED + "\n" + heading() + " - " + today + "\n"));
    }

    /** By which the release's events are read for ever. */
    private void keepSchemas() throws IOException {
        var kept = Files.createDirectories(GOLDEN.resolve(version).resolve("schemas"));
        try (var schemas = Files.list(SCHEMAS)) {
            for (var schema : schemas.toList()) {
                Files.copy(schema, kept.resolve(schema.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void nameCommit(String commit) throws IOException {
        Files.writeString(
                CHANGELOG,
                Files.readString(CHANGELOG)
                        .replaceFirst(
                                "(?m)^" + Pattern.quote(heading()) + " - .*$", "$0\n\nCommit: " + commit));
    }

    private String heading() {
        return "## " + version;
    }

    private static void commit(String subject, String body) throws IOException, InterruptedException {
        run("git", "add", "--all");
        run("git", "commit", "--quiet", "--message", subject, "--message", body);
    }

    private static String run(String command) throws IOException, InterruptedException {
        return run("bash", "-ec", command);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new Refused(String.join(" ", command) + ": fails\n" + output + "\nBack to before: git reset --hard, git tag --delete");
        }
        return output;
    }
}
