package io.orderflow.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The commands in a line of a shell, each as its words without their quotes. What stands in {@code $(…)} stays in its
 * word, and is a line of its own besides.
 */
final class ShellWords {

    private static final String SEPARATORS = "|&;><";
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z ]+>");
    private static final Set<String> LOOPS = Set.of("for", "case");

    private final List<List<String>> commands = new ArrayList<>();
    private final String line;
    private List<String> words = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean isWord;
    private char quote;

    private ShellWords(String line) {
        this.line = line;
    }

    /** Those that call one of these programs, from its name on. */
    static List<List<String>> calls(String line, Set<String> programs) {
        return new ShellWords(line)
                .read().stream()
                        .filter(words -> !LOOPS.contains(words.getFirst()))
                        .filter(words -> words.stream().anyMatch(programs::contains))
                        .map(words -> words.subList(first(words, programs), words.size()))
                        .toList();
    }

    private static int first(List<String> words, Set<String> programs) {
        int first = 0;
        while (!programs.contains(words.get(first))) {
            first++;
        }
        return first;
    }

    private List<List<String>> read() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && c == '#' && !isWord) {
                break;
            }
            var placeholder = PLACEHOLDER.matcher(line).region(i, line.length());
            if (quote != '\'' && line.startsWith("$(", i)) {
                int end = closing(i + 2);
                commands.addAll(new ShellWords(line.substring(i + 2, end)).read());
                i = add(line.substring(i, Math.min(end + 1, line.length())), i);
            } else if (placeholder.lookingAt()) {
                i = add(placeholder.group(), i);
            } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                i = add(line.substring(i + 1, i + 2), i + 1);
            } else if (quote != 0) {
                quoted(c);
            } else {
                bare(c);
            }
        }
        endCommand();
        return commands;
    }

    /** Answers where the text ends that begins there. */
    private int add(String text, int at) {
        word.append(text);
        isWord = true;
        return at + text.length() - 1;
    }

    private void quoted(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            word.append(c);
        }
    }

    private void bare(char c) {
        if (c == '"' || c == '\'') {
            quote = c;
            isWord = true;
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else if (SEPARATORS.indexOf(c) >= 0) {
            endCommand();
        } else {
            word.append(c);
            isWord = true;
        }
    }

    private void endWord() {
        if (isWord) {
            words.add(word.toString());
        }
        word = new StringBuilder();
        isWord = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
        }
        words = new ArrayList<>();
    }

    private int closing(int from) {
        int open = 1;
        for (int i = from; i < line.length(); i++) {
            open += line.charAt(i) == '(' ? 1 : line.charAt(i) == ')' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return line.length();
    }
}
