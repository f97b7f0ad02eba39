package io.orderflow.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places orders over many connections that stay open; each connection sends its next order when it has the answer to
 * the last one. It uses bare sockets, because a client library would take more of the processors than what is measured.
 */
final class Feed {

    private static final String BODY = """
            {"currency":"EUR","customer":{"name":"Ada","email":"ada@example.com"},\
            "lines":[{"sku":"mug","quantity":1},{"sku":"spoon","quantity":1}],"payment":{"token":"tok_visa"}}""";
    private static final int TAKEN = 202;
    private static final int NOT_NOW = 503;

    private final int port;
    private final int connections;

    Feed(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** Answers once so many orders are taken. */
    void place(int orders) throws InterruptedException, ExecutionException {
        var left = new AtomicInteger(orders);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> feeding = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                feeding.add(threads.submit(() -> {
                    placeSome(left);
                    return null;
                }));
            }
            for (var one : feeding) {
                one.get();
            }
        }
    }

    private void placeSome(AtomicInteger left) throws IOException, InterruptedException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (left.getAndDecrement() > 0) {
                var request = request();
                socket.getOutputStream().write(request);
                int status = answer(in);
                while (status == NOT_NOW) {
                    Thread.sleep(100);
                    socket.getOutputStream().write(request);
                    status = answer(in);
                }
                if (status != TAKEN) {
                    throw new IOException("POST /orders: " + status + " (expected: " + TAKEN + ")");
                }
            }
        }
    }

    private byte[] request() {
        return ("""
                POST /orders HTTP/1.1\r
                Host: localhost:%d\r
                Content-Type: application/json\r
                Idempotency-Key: %s\r
                Content-Length: %d\r
                \r
                %s""").formatted(port, UUID.randomUUID(), BODY.length(), BODY).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads an answer to its end. */
    private static int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = -1;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        if (length < 0) {
            throw new IOException("answer: no Content-Length");
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("answer: ends early");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
