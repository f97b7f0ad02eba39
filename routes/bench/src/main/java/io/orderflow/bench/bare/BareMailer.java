package io.orderflow.bench.bare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends mails over connections that stay open, and notes those that were taken, many at a time. */
final class BareMailer {

    private static final int CONNECTIONS = 8;

    private final BlockingQueue<Letter> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<Letter> sent = new LinkedBlockingQueue<>();
    private final int port;
    private final Connection connection;

    record Letter(UUID order, String outcome, String name, String email) {}

    BareMailer(int port, Connection connection) {
        this.port = port;
        this.connection = connection;
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread.ofPlatform().daemon().name("mailer-" + i).start(this::work);
        }
        Thread.ofPlatform().daemon().name("mails-sent").start(this::note);
    }

    void send(Letter letter) {
        waiting.add(letter);
    }

    private void work() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            reply(in);
            say(socket, "EHLO bare\r\n");
            reply(in);
            while (true) {
                var letter = waiting.take();
                // The server takes commands together.
                say(socket, "MAIL FROM:<shop@example.com>\r\nRCPT TO:<" + letter.email() + ">\r\nDATA\r\n");
                reply(in);
                reply(in);
                reply(in);
                say(socket, text(letter));
                reply(in);
                sent.add(letter);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("mail server", e);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reply(BufferedReader in) throws IOException {
        var line = in.readLine();
        while (line != null && line.startsWith("-", 3)) {
            line = in.readLine();
        }
        if (line == null || line.charAt(0) > '3') {
            throw new IOException("mail server: " + line);
        }
    }

    private static String text(Letter letter) {
        return """
                Date: %s\r
                From: shop@example.com\r
                To: %s\r
                Message-ID: <%s.%s@example.com>\r
                Subject: Your order is %s\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=UTF-8\r
                Content-Transfer-Encoding: 7bit\r
                Auto-Submitted: auto-generated\r
                \r
                Dear %s,\r
                \r
                your order %s is %s.\r
                .\r
                """.formatted(
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)),
                        letter.email(),
                        letter.order(),
                        letter.outcome().toLowerCase(Locale.ROOT),
                        letter.outcome(),
                        letter.name(),
                        letter.order(),
                        letter.outcome());
    }

    private void note() {
        List<Letter> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(sent.take());
                sent.drainTo(batch, 999);
                Columns.of(batch, Letter::order).text(batch, Letter::outcome).update(connection, """
                                update notifications_mail set state = 'SENT', updated_at = now()
                                from unnest(?, ?) as row (id, what) where order_id = id and outcome = what""");
                connection.commit();
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("mails", e);
        }
    }
}
