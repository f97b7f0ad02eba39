package io.orderflow.local;

import io.orderflow.local.ChildProcess.Kind;
import io.orderflow.local.Layout.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code make run}: starts the database, the broker, the mail server and the services as children, keeps them running,
 * and takes them down with itself.
 */
final class Supervisor {

    private static final String NAME = "supervisor";

    /** Stands in a supervisor's command line: the process whose number is in the file may be another one by now. */
    private static final String PACKAGE = Supervisor.class.getPackageName();

    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_STOP = Duration.ofSeconds(40);

    private final Layout layout;
    private final Wishes wishes;
    private final AotCaches caches = AotCaches.ofThisBuild();
    private final Children children;
    private volatile boolean starting = true;
    private Trainer trainer;

    Supervisor(Layout layout, Wishes wishes) {
        this.layout = layout;
        this.wishes = wishes;
        this.children = new Children(
                layout, new Kind(ChildProcess.SIGNAL_PROOF_LAUNCHER, caches::using, this::ended, TO_START, TO_STOP));
    }

    void run() throws Exception {
        refuseIfRunning();
        refuseTakenPorts();
        Files.createDirectories(layout.folder());
        Files.writeString(layout.pid(NAME), ProcessHandle.current().pid() + "\n");
        var ending = Ending.with(this::stop);
        try {
            startAll();
        } catch (Exception e) {
            if (!children.areStopped()) {
                ending.isFailure();
            }
            throw e;
        }
        children.awaitStop();
    }

    private void startAll() throws Exception {
        var surroundings = new Surroundings(layout, wishes, children);
        surroundings.start();
        children.start("app", () -> AppChild.command(caches.using("app"), surroundings.settings()));
        children.await("the services", () -> Readiness.of(layout));
        Seed.load(layout);
        starting = false;
        System.out.println(Welcome.to(layout, wishes, children.seconds()));
        if (caches.arePossible() && !caches.areThere()) {
            train();
        }
    }

    private void refuseIfRunning() {
        running(layout).ifPresent(process -> {
            throw new Refused("orderflow runs here already, as process " + process.pid() + " (make stop ends it)");
        });
    }

    private void refuseTakenPorts() {
        for (var port : Port.values()) {
            if (port == Port.PROVIDER && !wishes.providerOverHttp()) {
                continue;
            }
            int number = layout.port(port);
            if (PortOwner.isTaken(number)) {
                throw new Refused("port " + number + " is taken by " + PortOwner.of(number) + "; choose another: "
                        + port.variable() + "=" + (number + 10_000) + " make run");
            }
        }
    }

    /** Whoever dies while everything starts has what is known of it forgotten. */
    private void ended(String name) {
        if (starting) {
            caches.distrust(name);
        }
    }

    private synchronized void train() {
        if (!children.areStopped()) {
            System.out.println("A training run in the background, once after a build, makes the next start quicker.");
            trainer = Trainer.start(
                    layout,
                    well -> System.out.println(
                            well
                                    ? "The training run is done: the next start is quicker."
                                    : "The training run has failed, see " + layout.log("training")));
        }
    }

    private synchronized void stop() {
        if (trainer != null) {
            trainer.stop();
        }
        children.stop();
        try {
            Files.deleteIfExists(layout.pid(NAME));
        } catch (IOException e) {
            System.err.println(layout.pid(NAME) + " cannot be deleted: " + e);
        }
    }

    /** Ends a supervisor that runs with this layout, and waits for it. */
    static void stop(Layout layout) throws Exception {
        var process = running(layout)
                .orElseThrow(() -> new Refused("nothing runs here (expected: make run in another window)"));
        process.destroy();
        process.onExit().get(4, TimeUnit.MINUTES);
        System.out.println("Stopped. Data stay in " + layout.folder() + " (make clean-data forgets them).");
    }

    private static Optional<ProcessHandle> running(Layout layout) {
        try {
            long pid = Long.parseLong(Files.readString(layout.pid(NAME)).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().commandLine().orElse("").contains(PACKAGE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
