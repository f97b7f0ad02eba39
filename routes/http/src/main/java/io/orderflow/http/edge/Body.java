package io.orderflow.http.edge;

import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A request's body, read once, completely and within bounds, before anything else looks at the request. */
final class Body {

    static final int MAX_BYTES = 64 * 1024;

    /** How much of a refused body the edge still reads: a client reads the answer only when it has sent its body. */
    private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

    private static final int BUFFER_BYTES = 8 * 1024;

    /**
     * So many bodies that are larger than the buffer are read at once: they are read before anybody knows who sends
     * them, and thousands of connections with as much as they may send, and the rest to come, would need all memory.
     */
    static final int LARGE_AT_ONCE = 256;

    private static final Semaphore LARGE = new Semaphore(LARGE_AT_ONCE);

    /** The attribute in which {@link ProblemValve} leaves the {@link Rest}. */
    static final String REST_ATTRIBUTE = Body.class.getName() + ".rest";

    /** What is left of a request's body. The request's own stream is closed as soon as the answer is complete. */
    interface Rest {

        /** Reads some bytes and forgets them; answers how many, or -1 at the end. */
        int skip() throws IOException;

        /** Makes the container stop reading, and close the connection after the answer. */
        void cut();
    }

    private Body() {}

    /**
     * Reads the body.
     *
     * @throws Refusal 408, 413, 415, 503 if too many large ones come, or 400 if it is not UTF-8 or ends early
     */
    static byte[] read(HttpServletRequest request, Duration deadline) {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        var encoding = only(request, "Content-Encoding");
        var mediaType = only(request, "Content-Type");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(
                    Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding: not supported (expected: none)"));
        }
        if (request.getContentLengthLong() > 0) {
            checkMediaType(mediaType);
        }
        var bytes = bytes(request, deadline);
        if (bytes.length > 0) {
            checkMediaType(mediaType);
            checkUtf8(bytes);
        }
        return bytes;
    }

    /**
     * Reads what is left of a refused request, so that the connection can carry the next one. Where too much is left,
     * or it comes too slowly, the connection is cut instead: a slow sender could otherwise hold it for as long as it
     * likes.
     *
     * @param left how much of the body's time there still is
     */
    static void giveUp(HttpServletRequest request, Duration left) {
        var rest = (Rest) request.getAttribute(REST_ATTRIBUTE);
        try (var in = new Clocked(request, buffer -> rest.skip(), left)) {
            if (in.discard(MAX_DISCARDED_BYTES)) {
                return;
            }
        } catch (IOException | IllegalStateException e) {
            // The sender is silent, or sends what is no HTTP: cut, as for a body that is too long.
        }
        rest.cut();
    }

    /** Ends the connection with this request's answer, and reads no more of its body. */
    static void cut(HttpServletRequest request) {
        ((Rest) request.getAttribute(REST_ATTRIBUTE)).cut();
    }

    private static byte[] bytes(HttpServletRequest request, Duration deadline) {
        var bytes = new ByteArrayOutputStream();
        boolean large = false;
        try (var in = new Clocked(request, request.getInputStream()::read, deadline)) {
            for (int n = in.read(); n >= 0; n = in.read()) {
                bytes.write(in.buffer, 0, n);
                if (!large && bytes.size() > BUFFER_BYTES) {
                    large = LARGE.tryAcquire();
                    if (!large) {
                        throw noRoom();
                    }
                }
                if (bytes.size() > MAX_BYTES) {
                    throw tooLarge();
                }
            }
        } catch (SocketTimeoutException e) {
            throw tooSlow(deadline);
        } catch (IOException | IllegalStateException e) { // the latter from too many trailers
            throw new Refusal(Problem.malformed("body: cut off, or badly framed (expected: as long as announced)"));
        } finally {
            if (large) {
                LARGE.release();
            }
        }
        return bytes.toByteArray();
    }

    private static Refusal noRoom() {
        return new Refusal(Problem.of(
                ProblemType.UNAVAILABLE,
                "More than " + LARGE_AT_ONCE + " bodies larger than " + BUFFER_BYTES + " bytes come at once"));
    }

    /** As {@link InputStream#read(byte[])}. */
    private interface Source {

        int read(byte[] buffer) throws IOException;
    }

    /**
     * A request's bytes as they come in, until the deadline. Where they come in chunks the container reads sizes,
     * extensions and trailers by itself, however slowly they come, before it gives any bytes away: so it is stopped,
     * too.
     */
    private static final class Clocked implements AutoCloseable {

        private final Turn turn;
        private final Source in;
        private final long end;
        private final byte[] buffer = new byte[BUFFER_BYTES];

        private final CompletableFuture<Void> alarm = new CompletableFuture<>();

        Clocked(HttpServletRequest request, Source in, Duration deadline) {
            this.turn = Turn.of(request);
            this.in = in;
            this.end = System.nanoTime() + deadline.toNanos();
            if (request.getHeader("Transfer-Encoding") != null) {
                alarm.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
                    turn.stopReading();
                    return null;
                });
            }
        }

        @Override
        public void close() {
            alarm.complete(null);
        }

        /** As {@link InputStream#read(byte[])}; no wait for bytes is longer than what is left until the deadline. */
        int read() throws IOException {
            long left = end - System.nanoTime();
            if (left < 0) {
                throw new SocketTimeoutException("body: too slow");
            }
            turn.waitAtMost(Duration.ofNanos(left));
            return in.read(buffer);
        }

        /** Reads and forgets at most so many bytes; true if the body ended within them. */
        boolean discard(int most) throws IOException {
            int n = read();
            for (int sum = 0; n >= 0 && sum < most; sum += n) {
                n = read();
            }
            return n < 0;
        }
    }

    /** The value of a header that two readers must not read differently, or null. */
    private static String only(HttpServletRequest request, String name) {
        var values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw new Refusal(Problem.malformed(name + ": more than one (expected: at most one)"));
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static void checkMediaType(String contentType) {
        var parts = contentType == null
                ? new String[] {""}
                : contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].replace("\"", "").strip();
            json &= !parameter.startsWith("charset") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw new Refusal(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type: not supported (expected: application/json in UTF-8)"));
        }
    }

    private static void checkUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new Refusal(Problem.malformed("body: badly encoded (expected: UTF-8)"));
        }
    }

    private static Refusal tooLarge() {
        return new Refusal(
                Problem.of(ProblemType.BODY_TOO_LARGE, "body: too large (expected: at most " + MAX_BYTES + " bytes)"));
    }

    private static Refusal tooSlow(Duration deadline) {
        return new Refusal(Problem.of(
                ProblemType.REQUEST_TIMEOUT,
                "body: too slow (expected: complete within " + deadline.toSeconds() + " s)"));
    }
}
