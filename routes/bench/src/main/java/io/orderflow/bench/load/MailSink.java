package io.orderflow.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that takes every mail at once, notes which order's end it tells, and forgets the rest. */
public final class MailSink implements AutoCloseable {

    private static final String ID = "message-id:";
    private static final int UUID_LENGTH = 36;

    private final ServerSocket server;
    private final SeenIds told = new SeenIds();
    private final AtomicInteger copies = new AtomicInteger();
    private final AtomicInteger nameless = new AtomicInteger();

    public MailSink() throws IOException {
        server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many orders' ends were told; a mail of a refund is no end. */
    public int told() {
        return told.size();
    }

    /** How many of them were told again. */
    public int copies() {
        return copies.get();
    }

    /** How many mails did not say which order they were about. */
    public int nameless() {
        return nameless.get();
    }

    public boolean hasTold(UUID order) {
        return told.contains(order);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            var out = new StringBuilder("220 bench\r\n");
            answer(connection, in, out);
            for (var line = in.readLine(); line != null && !line.equals("QUIT"); line = in.readLine()) {
                if (line.startsWith("EHLO")) {
                    out.append("250-bench\r\n250 PIPELINING\r\n");
                } else if (line.equals("DATA")) {
                    out.append("354 go on\r\n");
                    answer(connection, null, out);
                    takeMail(in);
                    out.append("250 yes\r\n");
                } else {
                    out.append("250 yes\r\n");
                }
                answer(connection, in, out);
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private void takeMail(BufferedReader in) throws IOException {
        boolean head = true;
        boolean named = false;
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            if (head && line.regionMatches(true, 0, ID, 0, ID.length())) {
                named = note(line.length() == ID.length() ? in.readLine() : line.substring(ID.length()));
            }
            head &= !line.isEmpty();
        }
        if (!named) {
            nameless.incrementAndGet();
        }
    }

    /** Whether it says which order and which outcome it is about. */
    private boolean note(String id) {
        int dash = id.indexOf('-');
        var outcome = id.toLowerCase(Locale.ROOT);
        if (dash < 8 || id.length() < dash - 8 + UUID_LENGTH) {
            return false;
        }
        var order = UUID.fromString(id.substring(dash - 8, dash - 8 + UUID_LENGTH));
        if (outcome.contains("confirmed") || outcome.contains("cancelled")) {
            if (!told.add(order)) {
                copies.incrementAndGet();
            }
        }
        return true;
    }

    /** Commands that came together are answered together. */
    private static void answer(Socket connection, BufferedReader in, StringBuilder out) throws IOException {
        if (in == null || !in.ready()) {
            connection.getOutputStream().write(out.toString().getBytes(StandardCharsets.US_ASCII));
            out.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
