package io.orderflow.http.edge;

import java.nio.channels.SelectionKey;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's connections, of which one that waits makes room for a newcomer. Where as many are open as may be, Tomcat
 * takes nobody in until one of them ends; here one place is kept free: the connection that has kept us waiting longest,
 * for its next request or for the rest of a head, is closed. Between requests HTTP allows that at any time, and clients
 * connect again. A connection whose request is under way stays, and so does one that has only just come.
 */
final class EdgeEndpoint extends NioEndpoint {

    /** How soon it is looked again for one that waits, while on all of them a request is under way. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long a connection may take to say what it wants before it may be closed for another. */
    private static final long GRACE_MILLIS = 500;

    /** For how long no room is found before every answer closes its connection, and for how long that is so. */
    private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * GRACE_MILLIS);

    private volatile long fullUntil = System.nanoTime();

    /** What reads the head of a request, of which a part is here. */
    interface Head {

        /** For how long it has been coming in. */
        long headMillis();
    }

    /** Called before a connection is taken in. */
    @Override
    protected void countUpOrAwaitConnection() throws InterruptedException {
        long began = System.nanoTime();
        while (isRunning() && !isPaused() && getConnectionCount() >= getMaxConnections() && !makeRoom()) {
            long now = System.nanoTime();
            if (isFull() || now - began > FULL_NANOS) {
                fullUntil = now + FULL_NANOS;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        super.countUpOrAwaitConnection();
    }

    /** Whether newcomers wait, because a request is under way on every connection that could make room. */
    boolean isFull() {
        return fullUntil - System.nanoTime() > 0;
    }

    private boolean makeRoom() {
        long now = System.currentTimeMillis();
        return getConnections().stream()
                .filter(connection -> waits(connection) && !connection.getLock().isLocked())
                .map(connection -> new Waiting(connection, waitedMillis(connection, now)))
                .filter(one -> one.millis() >= GRACE_MILLIS)
                .sorted(Comparator.comparingLong(Waiting::millis).reversed())
                .anyMatch(one -> closed(one.connection()));
    }

    /** A connection that waits, and for how long it did when it was looked at. */
    private record Waiting(SocketWrapperBase<NioChannel> connection, long millis) {}

    /** Whether it is with the poller, which tells when something comes. */
    private static boolean waits(SocketWrapperBase<NioChannel> connection) {
        return !connection.isClosed()
                && connection instanceof NioSocketWrapper nio
                && nio.interestOpsHas(SelectionKey.OP_READ);
    }

    private static long waitedMillis(SocketWrapperBase<NioChannel> connection, long now) {
        return connection.getCurrentProcessor() instanceof Head head
                ? head.headMillis()
                : now - ((NioSocketWrapper) connection).getLastRead();
    }

    /** Its lock is held by whoever handles what came by it. */
    private static boolean closed(SocketWrapperBase<NioChannel> connection) {
        var lock = connection.getLock();
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (!waits(connection)) {
                return false;
            }
            connection.close();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
