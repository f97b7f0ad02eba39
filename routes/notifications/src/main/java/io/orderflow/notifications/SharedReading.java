package io.orderflow.notifications;

import io.orderflow.messaging.Failures;
import io.orderflow.notifications.NoticeRows.Addressed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets workers that begin at the same time read their mails with one statement: whoever finds nobody reading reads for
 * all who wait. Each has what is there after it has asked.
 */
final class SharedReading {

    private final NoticeRows rows;
    private final ReentrantLock reading = new ReentrantLock();
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

    private static final class Waiting {
        private final SendMail key;
        private boolean settled;
        private Addressed found;
        private Throwable failure;

        private Waiting(SendMail key) {
            this.key = key;
        }
    }

    SharedReading(NoticeRows rows) {
        this.rows = rows;
    }

    /**
     * The mail that was asked for, with its recipient.
     *
     * @throws RuntimeException why it could not be read
     */
    Optional<Addressed> find(SendMail request) {
        var mine = new Waiting(new SendMail(request.orderId(), request.outcome()));
        queue.add(mine);
        reading.lock();
        try {
            if (!mine.settled) {
                readAll();
            }
        } finally {
            reading.unlock();
        }
        switch (mine.failure) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException("the letter was not read", failure);
        }
        return Optional.ofNullable(mine.found);
    }

    /** How many ask now, read for or not. */
    int asking() {
        return reading.getQueueLength() + (reading.isLocked() ? 1 : 0);
    }

    private void readAll() {
        List<Waiting> all = new ArrayList<>();
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        read(all);
        all.forEach(one -> one.settled = true);
    }

    /** One that cannot be read is nobody's failure but its own, and one that was not read is not taken for none. */
    private void read(List<Waiting> several) {
        try {
            Map<SendMail, Addressed> found = new HashMap<>();
            rows.find(several.stream().map(one -> one.key).toList())
                    .forEach(one -> found.put(
                            new SendMail(one.mail().orderId(), one.mail().outcome()), one));
            several.forEach(one -> one.found = found.get(one.key));
        } catch (RuntimeException | Error e) {
            if (several.size() > 1 && e instanceof RuntimeException failure && !Failures.isInfrastructure(failure)) {
                several.forEach(one -> read(List.of(one)));
            } else {
                several.forEach(one -> one.failure = e);
            }
        }
    }
}
