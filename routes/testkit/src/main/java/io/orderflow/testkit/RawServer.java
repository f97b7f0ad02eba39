package io.orderflow.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A server that sends what bytes a test likes, to one connection at a time. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    /** What is said on a connection. */
    public interface Talk {
        void with(Socket socket) throws Exception;
    }

    public RawServer(Talk talk) throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    talk.with(socket);
                } catch (Exception e) {
                    // The caller has gone, or the test is over; what it saw is asserted there.
                    continue;
                }
            }
        });
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getLocalPort() + "/v1");
    }

    /** Reads headers and body; false at the end of the connection. */
    public static boolean readRequest(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst();
        socket.getInputStream().readNBytes(length.orElse(0));
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
