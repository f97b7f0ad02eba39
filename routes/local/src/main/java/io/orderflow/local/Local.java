package io.orderflow.local;

import io.orderflow.http.Caller;
import io.orderflow.http.CallerRole;
import io.orderflow.provider.Faults;
import io.orderflow.testkit.Issuer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands behind {@code make run, token, stop, start, load, books}. They work on the folder {@code .run} below the
 * current one.
 */
public final class Local {

    private Local() {}

    public static void main(String... arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var layout = Layout.here();
        var command = arguments.length == 0 ? "" : arguments[0];
        var rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            System.exit(run(layout, command, rest));
        } catch (Refused e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static int run(Layout layout, String command, List<String> arguments) throws Exception {
        switch (command) {
            case "run" -> new Supervisor(layout, wishes(arguments)).run();
            case "token" -> System.out.println(token(layout, arguments));
            case "stop" -> {
                if (arguments.isEmpty()) {
                    Supervisor.stop(layout);
                } else {
                    new RoleSwitch(layout).set(arguments.getFirst(), false);
                }
            }
            case "start" -> {
                if (arguments.isEmpty()) {
                    throw new Refused("start: which role? (make start ROLE=notifications; everything: make run)");
                }
                new RoleSwitch(layout).set(arguments.getFirst(), true);
            }
            case "train-image" -> new ImageTraining(path(arguments, "archive"), path(arguments, "output")).run();
            case "load" -> {
                return new Load(layout, option(arguments, "orders", 1_000), option(arguments, "within", 30)).run()
                        ? 0
                        : 1;
            }
            case "books" -> {
                return BooksCheck.of(layout, option(arguments, "allow-extra-mails", 0))
                                .run(System.out)
                        ? 0
                        : 1;
            }
            default ->
                throw new Refused(
                        "command: " + command + " (expected: run, token, stop, start, load, books or train-image)");
        }
        return 0;
    }

    private static Wishes wishes(List<String> arguments) {
        var provider = option(arguments, "provider").orElse("simulated");
        if (!provider.matches("simulated|http")) {
            throw new Refused("PROVIDER: " + provider + " (expected: simulated or http)");
        }
        var faults = option(arguments, "faults").orElse("");
        int seed = option(arguments, "seed", 1);
        if (!faults.isEmpty() && !provider.equals("http")) {
            throw new Refused("FAULTS: " + faults + " (expected: together with PROVIDER=http)");
        }
        try {
            Faults.of(faults, seed);
        } catch (IllegalArgumentException e) {
            throw new Refused(e.getMessage());
        }
        return new Wishes(
                arguments.contains("--tokens"), provider.equals("http"), arguments.contains("--console"), faults, seed);
    }

    static String token(Layout layout, List<String> arguments) {
        var rights =
                List.of(option(arguments, "right").orElse(CallerRole.CUSTOMER).split(",", -1));
        for (var right : rights) {
            if (!CallerRole.ALL.contains(right)) {
                throw new Refused("RIGHT: " + right + " (expected: one of " + String.join(", ", CallerRole.ALL)
                        + ", or several with commas between them)");
            }
        }
        var caller = option(arguments, "sub").orElse("demo");
        if (!Caller.isPossible(caller)) {
            throw new Refused("SUB: wrong form (expected: 1 to 255 printable ASCII characters)");
        }
        if (!Issuer.isIn(layout.issuer())) {
            throw new Refused("token: there is no key yet (make run TOKENS=1 makes it)");
        }
        return Issuer.in(layout.issuer()).token(caller, rights.toArray(String[]::new));
    }

    private static int option(List<String> arguments, String name, int otherwise) {
        return option(arguments, name).map(value -> number(name, value)).orElse(otherwise);
    }

    private static Path path(List<String> arguments, String name) {
        return Path.of(
                option(arguments, name).orElseThrow(() -> new Refused("--" + name + ": nothing (expected: a file)")));
    }

    private static Optional<String> option(List<String> arguments, String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("--" + name + "="))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .findFirst();
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new Refused("--" + name + ": " + value + " (expected: a whole number)");
        }
    }
}
