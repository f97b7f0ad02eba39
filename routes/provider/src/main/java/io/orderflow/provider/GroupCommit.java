package io.orderflow.provider;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets entries that wait at the same time share a commit: whoever finds nobody writing writes for all. Each is answered
 * as if it were alone, once it is committed.
 */
final class GroupCommit<T, A> {

    private final Pen<T, A> pen;
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<Waiting<T, A>> queue = new ConcurrentLinkedQueue<>();

    /** Writes several entries with one commit and answers them in their order. */
    interface Pen<T, A> {
        List<A> write(List<T> entries) throws SQLException;
    }

    private static final class Waiting<T, A> {
        private final T entry;
        private boolean settled;
        private A answer;
        private Exception failure;

        private Waiting(T entry) {
            this.entry = entry;
        }
    }

    GroupCommit(Pen<T, A> pen) {
        this.pen = pen;
    }

    A write(T entry) throws SQLException {
        var mine = new Waiting<T, A>(entry);
        queue.add(mine);
        writing.lock();
        try {
            if (!mine.settled) {
                writeAll();
            }
        } finally {
            writing.unlock();
        }
        switch (mine.failure) {
            case null -> {}
            case SQLException failure -> throw failure;
            default -> throw new IllegalStateException(mine.failure);
        }
        return mine.answer;
    }

    private void writeAll() {
        List<Waiting<T, A>> batch = new ArrayList<>();
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            batch.add(next);
        }
        together(batch);
    }

    private void together(List<Waiting<T, A>> batch) {
        try {
            var answers = pen.write(batch.stream().map(one -> one.entry).toList());
            for (int i = 0; i < answers.size(); i++) {
                batch.get(i).answer = answers.get(i);
            }
        } catch (SQLException | RuntimeException e) {
            if (batch.size() > 1 && isAboutAnEntry(e)) {
                batch.forEach(one -> together(List.of(one)));
            } else {
                batch.forEach(one -> one.failure = e);
            }
        }
        batch.forEach(one -> one.settled = true);
    }

    /** One entry's data are no reason to refuse the others; a database that is away is one for all. */
    private static boolean isAboutAnEntry(Exception failure) {
        return failure instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().matches("2[23].*");
    }
}
