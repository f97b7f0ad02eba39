package io.orderflow.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A server in a JVM of its own that never outlives the one that started it: it ends when its standard input ends. The
 * parent holds the other end of that pipe, so the child goes at once however the parent went, {@code kill -9} included.
 * It says one line, {@code ready}, once it serves; its log goes to standard error.
 */
public final class Child {

    private static final String LOG_SETTINGS = "logback.configurationFile";

    private Child() {}

    /** Says that the server serves, and stays until standard input or the server ends; never returns. */
    static void serve(String what, AutoCloseable server, AwaitEnd end) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(what, server), "close"));
        Thread.ofVirtual().start(() -> exitAfter(what, end));
        System.out.println("ready: " + what);
        followParent();
    }

    /** Ends this JVM, by its shutdown hooks, when standard input ends; never returns. */
    public static void followParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("standard input cannot be read, which is taken as its end: " + e);
        }
        System.exit(0);
    }

    /** Waits until a server ends by itself. */
    @FunctionalInterface
    interface AwaitEnd {
        void await() throws Exception;
    }

    private static void exitAfter(String what, AwaitEnd end) {
        try {
            end.await();
            System.err.println(what + " has ended");
        } catch (Exception e) {
            System.err.println(what + " is lost: " + e);
        }
        System.exit(1);
    }

    private static void close(String what, AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println(what + " does not stop: " + e);
        }
    }

    /** The value of {@code --name=value}. */
    static String option(String[] arguments, String name) {
        return optional(arguments, name).orElseThrow(() -> {
            var prefix = "--" + name + "=";
            return new IllegalArgumentException(
                    String.join(" ", arguments) + ": no " + prefix + " (expected: " + prefix + "...)");
        });
    }

    /** The value of {@code --name=value}, if it is given. */
    static Optional<String> optional(String[] arguments, String name) {
        var prefix = "--" + name + "=";
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .findFirst();
    }

    /** Warnings to standard error, unless the command line names other settings; before the first logger is made. */
    static void logToStandardError() {
        if (System.getProperty(LOG_SETTINGS) == null) {
            System.setProperty(LOG_SETTINGS, "io/orderflow/testkit/child-log.xml");
        }
    }
}
