package io.orderflow.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Places orders over connections that stay open. It is an honest client: what was not taken or not answered comes again
 * with the same idempotency key.
 *
 * @param cancellation the path that calls an order off, with {@code {id}}; null where there is none
 */
public record Feed(int port, String cancellation) {

    private static final int TAKEN = 202;
    private static final int NOT_NOW = 503;
    private static final int TOO_MANY = 429;
    private static final long PAUSE = 100;
    private static final int GIVE_UP = 600;
    private static final int UUID_LENGTH = 36;

    /** Answers once all are taken. */
    public void place(Demand demand, Sightings sightings) throws InterruptedException, ExecutionException {
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> feeding = new ArrayList<>();
            for (int i = 0; i < demand.connections(); i++) {
                feeding.add(threads.submit(() -> {
                    placeSome(demand, next, sightings);
                    return null;
                }));
            }
            for (var one : feeding) {
                one.get();
            }
        }
    }

    private void placeSome(Demand demand, AtomicInteger next, Sightings sightings)
            throws IOException, InterruptedException {
        try (var line = new OneConnection()) {
            for (int i = next.getAndIncrement(); i < demand.orders(); i = next.getAndIncrement()) {
                long meant = demand.isOpen() ? demand.meant(i) : sightings.now();
                awaitTurn(meant, sightings);
                line.place(demand.mix().wish(), meant, sightings);
            }
        }
    }

    private static void awaitTurn(long meant, Sightings sightings) {
        for (long left = meant - sightings.now(); left > 0; left = meant - sightings.now()) {
            LockSupport.parkNanos(left);
        }
    }

    /** One connection; it is made anew when it breaks. */
    private final class OneConnection implements AutoCloseable {

        private HttpSocket socket;

        void place(OrderMix.Wish wish, long meant, Sightings sightings) throws IOException, InterruptedException {
            var key = UUID.randomUUID().toString();
            for (int attempt = 0; attempt < GIVE_UP; attempt++) {
                var reply = tried("/orders", key, wish.body());
                if (reply != null && reply.status() == TAKEN) {
                    var id = firstId(reply.body());
                    sightings.accepted(id, meant);
                    if (wish.calledOff() && cancellation != null) {
                        tried(cancellation.replace("{id}", id.toString()), null, "");
                    }
                    return;
                }
                if (reply != null && reply.status() != NOT_NOW && reply.status() != TOO_MANY) {
                    throw new IOException("POST /orders: " + reply.status() + " " + reply.body() + " (expected: 202)");
                }
                sightings.refused();
                TimeUnit.MILLISECONDS.sleep(PAUSE);
            }
            throw new IOException("POST /orders: not taken after " + GIVE_UP + " attempts");
        }

        /** The answer, or null where none came. */
        private HttpSocket.Reply tried(String path, String key, String body) throws IOException {
            try {
                if (socket == null) {
                    socket = new HttpSocket(port);
                }
                return socket.post(path, key, body);
            } catch (IOException e) {
                close();
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }

    /** The first UUID of an answer is the order's. */
    static UUID firstId(String body) throws IOException {
        for (int i = 0; i + UUID_LENGTH <= body.length(); i++) {
            if (body.charAt(i + 8) == '-' && body.charAt(i + 13) == '-' && body.charAt(i + 18) == '-') {
                return UUID.fromString(body.substring(i, i + UUID_LENGTH));
            }
        }
        throw new IOException("answer: no UUID in " + body);
    }
}
