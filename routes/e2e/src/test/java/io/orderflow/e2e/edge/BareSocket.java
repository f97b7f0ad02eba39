package io.orderflow.e2e.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A bare socket to the app: sends whatever it is given, HTTP or not, and reads until the server closes. */
final class BareSocket {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID NOBODY = new UUID(0, 0);

    private final URI address;

    BareSocket(URI address) {
        this.address = address;
    }

    /** The first answer that came, and how many bytes came after it. */
    record Reply(int status, HttpHeaders headers, byte[] body, int more) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        UUID order() {
            return UUID.fromString(json().path("id").asText());
        }
    }

    Reply place(String caller, String key, String order) {
        return send("POST /orders", caller, "Idempotency-Key: " + key, order);
    }

    Reply get(String caller, String path) {
        return send("GET " + path, caller, "X: y", "");
    }

    /** @param headers at least one, in lines */
    Reply send(String line, String caller, String headers, String json) {
        var head = line + "\n" + headers + (json.isEmpty() ? "" : "\nContent-Type: application/json");
        return send(BadInput.request("", "", head, json).bytes(caller, "", NOBODY));
    }

    Reply send(byte[] request) {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                // It has seen enough and closed its side; what it said is read below.
            }
            return parsed(everything(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] everything(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException e) {
            // Closed with bytes of ours unread: what came before it counts.
        }
        return bytes.toByteArray();
    }

    private static Reply parsed(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no answer in <" + text + ">");
        }
        var lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            var pair = lines[i].split(": ?", 2);
            headers.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]);
        }
        var all = HttpHeaders.of(headers, (name, value) -> true);
        int from = end + 4;
        int length = (int) all.firstValueAsLong("Content-Length").orElse(bytes.length - (long) from);
        var body = new byte[Math.min(length, bytes.length - from)];
        System.arraycopy(bytes, from, body, 0, body.length);
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), all, body, bytes.length - from - body.length);
    }
}
