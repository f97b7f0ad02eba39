package io.orderflow.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The processes of a run: started one after the other, kept running, and ended in the opposite order, so that each
 * still has those it needs.
 */
final class Children {

    private final Layout layout;
    private final ChildProcess.Kind kind;
    private final long began = System.nanoTime();
    private final List<ChildProcess> all = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Children(Layout layout, ChildProcess.Kind kind) {
        this.layout = layout;
        this.kind = kind;
    }

    /** Starts a main class of this JVM's class path. */
    void start(String name, List<String> java, Class<?> main, String... arguments) {
        start(name, () -> {
            var command = new ArrayList<>(JavaCommand.with(java, kind.options().apply(name)));
            command.add(main.getName());
            command.addAll(List.of(arguments));
            return command;
        });
    }

    /** @param command its command line, asked for at each start */
    void start(String name, ChildProcess.Command command) {
        synchronized (all) {
            all.add(new ChildProcess(layout, name, command, kind).start());
        }
    }

    void await(String what, BooleanSupplier ready) throws InterruptedException {
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() - began > kind.toStart().toNanos()) {
                throw new Refused(
                        what + " does not start, see " + layout.folder().resolve("log"));
            }
            if (stopped.await(200, TimeUnit.MILLISECONDS)) {
                throw new Refused("stopped");
            }
        }
        System.out.printf("%5.1f s  %s%n", seconds(), what);
    }

    /** Since the first was started. */
    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    boolean areStopped() {
        return stopped.getCount() == 0;
    }

    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Ends some at once, by force: what they would still do is not wanted any more. */
    void kill(Set<String> names) {
        stopped.countDown();
        synchronized (all) {
            all.forEach(ChildProcess::mayEnd);
            all.stream().filter(child -> names.contains(child.name())).forEach(ChildProcess::kill);
        }
    }

    /** Has one end, which is not started again before it is brought back. */
    void takeAway(String name) {
        named(name).takeAway();
    }

    void bringBack(String name) throws InterruptedException {
        named(name).bringBack();
    }

    private ChildProcess named(String name) {
        synchronized (all) {
            return all.stream()
                    .filter(child -> child.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + " (expected: a child that was started)"));
        }
    }

    void stop() {
        stopped.countDown();
        synchronized (all) {
            all.forEach(ChildProcess::mayEnd);
            all.reversed().forEach(ChildProcess::stop);
        }
    }
}
