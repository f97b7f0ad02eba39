package io.orderflow.local;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The beginning of a command line that starts another JVM: this JVM's program, options, and this JVM's class path. */
final class JavaCommand {

    private JavaCommand() {}

    /** With these options; what follows is the main class and its arguments. */
    static List<String> with(String... options) {
        return with(Arrays.asList(options), List.of());
    }

    static List<String> with(List<String> options, List<String> more) {
        var command = new ArrayList<>(List.of(program()));
        command.addAll(options);
        command.addAll(more);
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, classPath())));
        return command;
    }

    static String program() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    /**
     * The jars in the order of their names, where all are jars: a star on the command line gives them in that of the
     * folder, which is another one after each build.
     */
    static List<String> classPath() {
        var entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        if (entries.stream().allMatch(entry -> entry.endsWith(".jar"))) {
            return entries.stream()
                    .sorted()
                    .map(entry -> new File(entry).getAbsolutePath())
                    .collect(Collectors.toList());
        }
        return entries;
    }
}
