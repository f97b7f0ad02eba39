package io.orderflow.http.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A connection to the edge that sends what it is told, when it is told, HTTP or not. */
final class RawConnection implements AutoCloseable {

    /** Ends a hang. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection to(int port) {
        return to(port, 0);
    }

    /** @param window how many bytes the system takes in before they are read; 0 for as many as it likes */
    static RawConnection to(int port, int window) {
        try {
            var socket = new Socket();
            if (window > 0) {
                socket.setReceiveBufferSize(window);
            }
            socket.connect(new InetSocketAddress("localhost", port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawConnection send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends this again and again, until that fails. */
    ScheduledFuture<?> dribble(String text, ScheduledExecutorService clock) {
        return clock.scheduleAtFixedRate(() -> send(text), 0, 50, TimeUnit.MILLISECONDS);
    }

    /** Reads so many bytes again and again, until the server closes; then the future fails. */
    ScheduledFuture<?> sip(int bytes, ScheduledExecutorService clock) {
        return clock.scheduleAtFixedRate(
                () -> {
                    try {
                        if (socket.getInputStream().readNBytes(bytes).length < bytes) {
                            throw new IllegalStateException("closed");
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }

    /** What comes of an answer with a length, as text; the connection stays open. */
    String answer() {
        try {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int one = socket.getInputStream().read();
                if (one < 0) {
                    return head.toString();
                }
                head.append((char) one);
            }
            var length = head.toString().split("(?i)content-length: ", 2);
            int bytes = length.length < 2 ? 0 : Integer.parseInt(length[1].split("\r")[0]);
            return head + new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes until the server closes, which it must do. */
    String rest() {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException e) {
            // Closed with bytes of ours unread: what came before it counts.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    boolean hasAnswer() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
