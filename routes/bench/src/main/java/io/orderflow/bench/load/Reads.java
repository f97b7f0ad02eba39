package io.orderflow.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Asks for the same thing over and over, over a few connections, for so long. */
public record Reads(int port, int connections, Duration duration) {

    private static final int DIGITS = 3;
    private static final int MICRO = 1_000;
    private static final int OK = 200;

    /** How long each answer took, in microseconds. */
    public Histogram of(String path) throws InterruptedException, ExecutionException {
        var waited = new ConcurrentHistogram(DIGITS);
        long end = System.nanoTime() + duration.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reading = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                reading.add(threads.submit(() -> {
                    readUntil(end, path, waited);
                    return null;
                }));
            }
            for (var one : reading) {
                one.get();
            }
        }
        return waited;
    }

    private void readUntil(long end, String path, Histogram waited) throws IOException {
        try (var socket = new HttpSocket(port)) {
            for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
                var reply = socket.get(path);
                if (reply.status() != OK) {
                    throw new IOException("GET " + path + ": " + reply.status() + " (expected: 200)");
                }
                waited.recordValue((System.nanoTime() - began) / MICRO);
            }
        }
    }
}
