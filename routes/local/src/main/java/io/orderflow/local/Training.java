package io.orderflow.local;

import io.orderflow.local.ChildProcess.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A run for practice, in a world of its own: everything starts, a thousand mixed orders come to their ends, everything
 * stops. What it is for is left behind by the JVMs as they end: the classes that they have loaded and what they have
 * learned of them ({@code -XX:AOTCacheOutput}, JDK 25), with which later ones start in a third of the time.
 */
final class Training {

    private static final int ORDERS = 1_000;
    private static final int WITHIN_SECONDS = 300;

    /** A JVM that remembers starts slowly, and writes what it knows when it ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Layout layout;
    private final Wishes wishes;

    /** @param folder for what it needs meanwhile */
    Training(Path folder, Wishes wishes) {
        this.layout = Layout.onFreePorts(folder);
        this.wishes = wishes;
    }

    /**
     * Returns when all have ended.
     *
     * @param options with which the children around the services start, by name
     * @param app the services' command line, from their settings
     */
    void run(Function<String, List<String>> options, Function<List<String>, List<String>> app) throws Exception {
        var children = new Children(layout, new Kind(List.of(), options, name -> {}, PATIENCE, PATIENCE));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> giveUp(children), "give-up"));
        try {
            var surroundings = new Surroundings(layout, wishes, children);
            surroundings.start();
            children.start("app", () -> app.apply(surroundings.settings()));
            children.await("the services", () -> Readiness.of(layout));
            Seed.load(layout);
            if (!new Load(layout, ORDERS, WITHIN_SECONDS).run()) {
                throw new Refused("not every order came to its end, see " + layout.log("app"));
            }
        } finally {
            children.stop();
        }
    }

    /** Nobody waits for what they have learned. */
    private static void giveUp(Children children) {
        children.kill(AotCaches.NAMES);
        children.stop();
    }
}
