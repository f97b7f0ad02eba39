package io.orderflow.bench.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection to the intake that stays open. It is a bare socket, because a client library would take more of the
 * processors than what is measured.
 */
final class HttpSocket implements Closeable {

    private static final int LARGEST_ANSWER = 16_384;
    private static final String LENGTH = "\r\ncontent-length:";

    private final int port;
    private final Socket socket;
    private final byte[] buffer = new byte[LARGEST_ANSWER];
    private int filled;

    HttpSocket(int port) throws IOException {
        this.port = port;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
    }

    record Reply(int status, String body) {}

    Reply post(String path, String key, String body) throws IOException {
        var request = "POST " + path + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + (key == null ? "" : "\r\nIdempotency-Key: " + key) + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return reply();
    }

    Reply get(String path) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return reply();
    }

    /** Reads an answer to its end. */
    private Reply reply() throws IOException {
        filled = 0;
        int end = headEnd();
        while (end < 0) {
            fill();
            end = headEnd();
        }
        var head = new String(buffer, 0, end, StandardCharsets.US_ASCII);
        int all = end + length(head);
        while (filled < all) {
            fill();
        }
        int status = Integer.parseInt(head.substring(9, 12));
        return new Reply(status, new String(buffer, end, all - end, StandardCharsets.US_ASCII));
    }

    private void fill() throws IOException {
        int read = socket.getInputStream().read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            throw new EOFException("answer: ends early or is too long");
        }
        filled += read;
    }

    private int headEnd() {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(String head) throws IOException {
        var lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("answer: no Content-Length");
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
