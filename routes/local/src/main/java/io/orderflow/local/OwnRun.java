package io.orderflow.local;

import io.orderflow.local.ChildProcess.Kind;
import io.orderflow.local.Layout.Port;
import io.orderflow.testkit.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Everything that {@code make run} starts, once more, for a program that takes parts of it away and brings them back:
 * in a folder and on ports of its own, so that it stands beside a run that is there, and with new data each time.
 */
public final class OwnRun implements AutoCloseable {

    private static final String BROKER = "kafka";
    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_STOP = Duration.ofSeconds(20);
    private static final long LOOK = 50;

    private final FileChannel lock;
    private final Layout layout;
    private final Children children;
    private final AtomicBoolean ended = new AtomicBoolean();

    private OwnRun(FileChannel lock, Layout layout, Children children) {
        this.lock = lock;
        this.layout = layout;
        this.children = children;
    }

    /**
     * Answers when the services are ready.
     *
     * @param folder for data, mails and logs; those of before are deleted
     * @param settings further settings of the services, {@code --name=value}
     */
    public static OwnRun start(Path folder, String... settings) throws Exception {
        Files.createDirectories(folder);
        var lock = lock(folder);
        for (var old : List.of("data", "mail", "log")) {
            if (Files.exists(folder.resolve(old))) {
                Folders.delete(folder.resolve(old));
            }
        }
        var layout = Layout.onFreePorts(folder);
        var caches = AotCaches.ofThisBuild();
        var children = new Children(
                layout,
                new Kind(ChildProcess.SIGNAL_PROOF_LAUNCHER, caches::using, caches::distrust, TO_START, TO_STOP));
        var run = new OwnRun(lock, layout, children);
        // By Ctrl-C, too: children left alone would write into what the next run deletes.
        Runtime.getRuntime().addShutdownHook(new Thread(run::end, "end"));
        try {
            run.startAll(caches, settings);
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    /** Held until the end: a second run would delete the data of the first. */
    private static FileChannel lock(Path folder) throws IOException {
        var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            throw new Refused(folder + ": somebody runs here already (expected: one at a time)");
        }
        return file;
    }

    private void startAll(AotCaches caches, String... settings) throws Exception {
        var surroundings = new Surroundings(layout, Wishes.USUAL, children);
        surroundings.start();
        var all = Stream.concat(surroundings.settings().stream(), Stream.of(settings))
                .toList();
        children.start("app", () -> AppChild.command(caches.using("app"), all));
        children.await("the services", () -> Readiness.of(layout));
        Seed.load(layout);
    }

    /** The address of a customer's request. */
    public String http(String path) {
        return layout.http(path);
    }

    /** The address of an operator's request. */
    public String ops(String path) {
        return layout.ops(path);
    }

    /** The services' database, for the login that works as every service. */
    public String database() {
        return layout.database();
    }

    public String brokers() {
        return layout.brokers();
    }

    /** Has the broker end. By force it would be away for longer: its controller takes it for alive for nine seconds. */
    public void takeBrokerAway() {
        children.takeAway(BROKER);
    }

    /** Starts the broker on its data and answers when it serves. */
    public void bringBrokerBack() throws InterruptedException {
        children.bringBack(BROKER);
        while (!PortOwner.isTaken(layout.port(Port.KAFKA))) {
            Thread.sleep(LOOK);
        }
    }

    /** Waits until nothing is under way, and checks the books as {@code make books} does, aloud. */
    public boolean booksAreRight(PrintStream out) throws SQLException, IOException, InterruptedException {
        return BooksCheck.of(layout, 0).run(out);
    }

    /** Nobody needs the data any more, so that nobody but the database is given time. */
    @Override
    public void close() throws IOException {
        end();
        lock.close();
    }

    private void end() {
        if (!ended.getAndSet(true)) {
            children.kill(AotCaches.NAMES);
            children.stop();
        }
    }
}
