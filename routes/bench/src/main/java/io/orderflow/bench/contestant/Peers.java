package io.orderflow.bench.contestant;

import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a user would take instead of us: each is described by a file of properties beside its classes, and runs on a
 * class path of its own.
 */
final class Peers {

    private static final String FILES = "classes/contestants";
    private static final String SUFFIX = ".properties";

    private Peers() {}

    /**
     * @param target the folder into which they were built; there are none if it is not there
     */
    static List<Contestant> in(Path target) throws IOException {
        var files = target.resolve(FILES);
        if (!Files.isDirectory(files)) {
            return List.of();
        }
        List<Contestant> found = new ArrayList<>();
        try (var names = Files.list(files)) {
            for (var file : names.filter(name -> name.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                var properties = new Properties();
                try (var text = Files.newBufferedReader(file)) {
                    properties.load(text);
                }
                found.add(described(file, properties, target));
            }
        }
        return found;
    }

    private static Contestant described(Path file, Properties properties, Path target) {
        var name = file.getFileName().toString().replace(SUFFIX, "");
        return new Contestant(
                name,
                wanted(file, properties, "title"),
                (machine, http, mail) -> start(name, file, properties, target, machine, http, mail),
                new Contestant.Ends(
                        wanted(file, properties, "ends.topic"),
                        Stream.of("ends.confirmed", "ends.cancelled")
                                .map(properties::getProperty)
                                .filter(Objects::nonNull)
                                .toList()),
                new Contestant.Account(
                        wanted(file, properties, "ledger"),
                        wanted(file, properties, "taken"),
                        wanted(file, properties, "unsent")),
                properties.getProperty("cancel"),
                true);
    }

    private static String wanted(Path file, Properties properties, String key) {
        return Objects.requireNonNull(properties.getProperty(key), () -> file + ": no " + key);
    }

    private static Running start(
            String name, Path file, Properties properties, Path target, Machine machine, int http, int mail)
            throws IOException {
        var classPath = target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve(wanted(file, properties, "classpath")))
                        .strip();
        var options = SameHeap.and(words(properties.getProperty("options", "")));
        List<String> arguments = new ArrayList<>(List.of(
                "--database=" + machine.database(name).url(),
                "--brokers=" + machine.brokers(),
                "--http-port=" + http,
                "--mail-port=" + mail));
        arguments.addAll(words(properties.getProperty("arguments", "")));
        return Running.start(name, machine.log(name), options, classPath, wanted(file, properties, "main"), arguments)
                .await("ready")
                .unheard();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" +")).filter(word -> !word.isEmpty()).toList();
    }
}
