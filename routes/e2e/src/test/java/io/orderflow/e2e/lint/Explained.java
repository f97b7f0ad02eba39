package io.orderflow.e2e.lint;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What linters may say of our documents, with the reason for each: {@code src/lint/explained.txt}. */
record Explained(List<Exemption> exemptions) {

    private static final Path FILE = Path.of("src/lint/explained.txt");
    private static final Pattern BLOCK = Pattern.compile("# (\\S+)\nat (\\S.*)\nwhy \\S.*\n?");

    /** A rule that is not kept, and where. */
    record Exemption(String rule, Pattern where) {

        private boolean explains(Finding finding) {
            return finding.rule().equals(rule)
                    && where.matcher(finding.document() + " " + finding.place()).matches();
        }
    }

    static Explained committed() throws IOException {
        return new Explained(Arrays.stream(Files.readString(FILE).split("\n\n"))
                .skip(1)
                .map(Explained::exemption)
                .toList());
    }

    private static Exemption exemption(String block) {
        var parts = BLOCK.matcher(block);
        if (!parts.matches()) {
            throw new IllegalArgumentException(FILE + ": " + block + " (expected: # rule, at place, why reason)");
        }
        return new Exemption(parts.group(1), Pattern.compile(parts.group(2)));
    }

    Set<String> rules() {
        return exemptions.stream().map(Exemption::rule).collect(toCollection(TreeSet::new));
    }

    List<Finding> without(Collection<Finding> findings) {
        return findings.stream()
                .filter(one -> exemptions.stream().noneMatch(exemption -> exemption.explains(one)))
                .toList();
    }

    /** Those that explain nothing. */
    List<Exemption> idle(Collection<Finding> findings) {
        return exemptions.stream()
                .filter(exemption -> findings.stream().noneMatch(exemption::explains))
                .toList();
    }
}
