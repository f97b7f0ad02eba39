package io.orderflow.messaging.flow;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Overloaded;
import io.orderflow.messaging.tables.WorkItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets messages that wait at the same time share a transaction: whoever sends waits for the commit, and one writer
 * takes what is there. At low load that is one message a transaction; under load all that
 * comes while one commits shares the next, so that the transactions grow by themselves. A second writer would take half
 * of them each time, and both would commit twice as often.
 */
final class SharedTransactions {

    private static final Logger log = LoggerFactory.getLogger(SharedTransactions.class);

    private final String name;
    private final Backbone backbone;
    private final Sharing sharing;
    private final BlockingQueue<Waiting> queue;
    private volatile Thread writer;
    private volatile Flow flow;

    private record Waiting(Object message, WorkItem work, String traceparent, CompletableFuture<Object> result) {}

    SharedTransactions(String name, Backbone backbone, Sharing sharing) {
        this.name = name;
        this.backbone = backbone;
        this.sharing = sharing;
        this.queue = new LinkedBlockingQueue<>();
    }

    synchronized void start(Flow flow) {
        this.flow = flow;
    }

    synchronized void stop() {
        flow = null;
        if (writer != null) {
            writer.interrupt();
            writer = null;
        }
        var left = new ArrayList<Waiting>();
        queue.drainTo(left);
        left.forEach(one -> one.result().completeExceptionally(new Failures.Stopping(name)));
    }

    /**
     * Sends a message through the flow and waits for its commit. The answer of work that is done outlasts
     * infrastructure that is away: what was done outside should not be done again only because it could not be written
     * down at once. There are as many as workers, and none of them is refused for a queue that is full.
     *
     * @param work the piece of work that the message completes, or null
     * @param traceparent the trace that the message belongs to, or null
     * @return the flow's result
     * @throws Overloaded if too many wait
     * @throws RuntimeException what the flow threw for this message, or why the transaction failed; then it had no
     *     effect
     */
    Object send(Object message, WorkItem work, String traceparent) {
        if (work == null) {
            return send(new Waiting(message, null, traceparent, new CompletableFuture<>()));
        }
        var recorded = new CompletableFuture<>();
        backbone.stopper()
                .insist(
                        () -> recorded.complete(
                                send(new Waiting(message, work, traceparent, new CompletableFuture<>()))),
                        sharing.patience(),
                        name,
                        (attempt, failure) -> {
                            if (attempt == 1) {
                                backbone.outages().report(log, name, "an answer waits for infrastructure", failure);
                            }
                        });
        return recorded.join();
    }

    private Object send(Waiting waiting) {
        writing();
        if (waiting.work() == null && queue.size() >= sharing.waiting()) {
            throw new Overloaded(name, sharing.waiting());
        }
        queue.add(waiting);
        if (flow == null && queue.remove(waiting)) {
            throw new Failures.Stopping(name);
        }
        try {
            return waiting.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Starts the writer with the first message: most flows hear Kafka only and never need one. */
    private void writing() {
        if (writer != null) {
            return;
        }
        synchronized (this) {
            if (flow == null) {
                throw new Failures.Stopping(name);
            }
            if (writer == null) {
                writer = Thread.ofPlatform().name(name + "-writer").daemon().start(this::write);
            }
        }
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        boolean stops = false;
        while (flow != null && !stops) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, sharing.messages() - 1);
                waitForAnswers(batch);
            } catch (InterruptedException e) {
                stops = true;
            }
            if (!batch.isEmpty()) {
                together(batch);
            }
            batch.clear();
        }
    }

    /**
     * Where only workers wait for the commit, those whose work is under way beside theirs may still share it; they are
     * begun together again then, and read together, and so on. A call that somebody else waits for is not kept waiting.
     */
    private void waitForAnswers(List<Waiting> batch) throws InterruptedException {
        long end = System.nanoTime() + sharing.answersTogether().toNanos();
        int from = 0;
        while (batch.size() < Math.min(sharing.messages(), underWay(batch, from))) {
            from = batch.size();
            var next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
            queue.drainTo(batch, sharing.messages() - batch.size());
        }
    }

    /** How many pieces of work are under way that answer here; 0 if somebody from here on does not answer for work. */
    private int underWay(List<Waiting> batch, int from) {
        for (var one : batch.subList(from, batch.size())) {
            if (one.work() == null) {
                return 0;
            }
        }
        var workers = backbone.workers.get(batch.getLast().work().channel());
        return workers == null ? 0 : workers.underWay();
    }

    private void together(List<Waiting> batch) {
        try {
            complete(batch, transact(batch));
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1 || e instanceof Error || Failures.isInfrastructure(e)) {
                batch.forEach(one -> one.result().completeExceptionally(e));
            } else {
                batch.forEach(one -> together(List.of(one)));
            }
        }
    }

    private static void complete(List<Waiting> batch, List<Object> results) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).result().complete(results.get(i));
        }
    }

    private List<Object> transact(List<Waiting> batch) {
        var route = flow;
        if (route == null) {
            throw new Failures.Stopping(name);
        }
        var results = backbone.run(transaction -> {
            transaction.load(batch.stream().map(Waiting::message).toList());
            List<Object> answers = new ArrayList<>(batch.size());
            for (var one : batch) {
                answers.add(route.send(one.message(), one.traceparent()));
                if (one.work() != null) {
                    transaction.done(one.work());
                }
            }
            return answers;
        });
        batch.forEach(one -> {
            if (one.work() != null) {
                one.work().complete();
            }
        });
        return results;
    }
}
