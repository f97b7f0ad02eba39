package io.orderflow.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The beginning of a command line that starts another JVM: this JVM's program, options, and this JVM's class path. */
final class JavaCommand {

    private JavaCommand() {}

    /** With these options; what follows is the main class and its arguments. */
    static List<String> with(String... options) {
        var executable = ProcessHandle.current().info().command().orElse("java");
        var command = new ArrayList<>(List.of(executable));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        return command;
    }
}
