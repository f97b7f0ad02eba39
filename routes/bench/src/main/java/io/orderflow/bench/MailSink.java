package io.orderflow.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that takes every mail, counts it and forgets it. */
final class MailSink implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger taken = new AtomicInteger();

    MailSink() throws IOException {
        server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int taken() {
        return taken.get();
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
            answer(connection, "220 bench");
            for (var line = in.readLine(); line != null && !line.equals("QUIT"); line = in.readLine()) {
                if (line.equals("DATA")) {
                    answer(connection, "354 go on");
                    skipMail(in);
                    taken.incrementAndGet();
                }
                answer(connection, "250 yes");
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private static void skipMail(BufferedReader in) throws IOException {
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {}
    }

    private static void answer(Socket connection, String reply) throws IOException {
        connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
