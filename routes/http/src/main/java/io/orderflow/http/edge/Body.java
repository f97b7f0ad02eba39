package io.orderflow.http.edge;

import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.identity.HeaderIdentity;
import io.orderflow.messaging.TraceContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A request's body, read once, completely and within bounds, before anything else looks at the request. */
final class Body {

    static final int MAX_BYTES = 64 * 1024;

    /** How much of a refused body the edge still reads: a client reads the answer only when it has sent its body. */
    private static final int MAX_DISCARDED_BYTES = 1024 * 1024;

    private static final int BUFFER_BYTES = 8 * 1024;

    /** The attribute in which {@link ProblemValve} leaves the {@link Rest}. */
    static final String REST_ATTRIBUTE = Body.class.getName() + ".rest";

    private static final String BYTES_ATTRIBUTE = Body.class.getName();

    /** The headers that somebody behind the filter reads. All others end here, whatever is in them. */
    private static final Set<String> ADMITTED_HEADERS = admitted(
            "Authorization",
            "Content-Length",
            "Content-Type",
            "Host",
            HeaderIdentity.HEADER,
            IdempotencyKey.HEADER,
            TraceContext.HEADER);

    /** What is left of a request's body. The request's own stream is closed as soon as the answer is complete. */
    interface Rest {

        /** Reads some bytes and forgets them; answers how many, or -1 at the end. */
        int skip() throws IOException;

        /** Makes the container stop reading, and close the connection after the answer. */
        void cut();

        /**
         * Makes the container wait no longer for the next bytes. It reads the sizes, the extensions and the trailers of
         * chunks by itself, however slowly they come, before it gives any bytes away.
         */
        void hurry();
    }

    private Body() {}

    private static Set<String> admitted(String... names) {
        var admitted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        admitted.addAll(List.of(names));
        return Collections.unmodifiableSet(admitted);
    }

    /** The bytes that {@link #read} has kept. */
    static byte[] of(HttpServletRequest request) {
        return (byte[]) request.getAttribute(BYTES_ATTRIBUTE);
    }

    /**
     * Reads the body.
     *
     * @return the request, with the same body to be read again
     * @throws Refusal 408, 413, 415, or 400 if it is not UTF-8 or ends early
     */
    static HttpServletRequest read(HttpServletRequest request, Duration deadline) {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        var encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(
                    Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding: not supported (expected: none)"));
        }
        if (request.getContentLengthLong() > 0) {
            checkMediaType(request.getContentType());
        }
        var bytes = bytes(request, deadline);
        if (bytes.length > 0) {
            checkMediaType(request.getContentType());
            checkUtf8(bytes);
        }
        request.setAttribute(BYTES_ATTRIBUTE, bytes);
        return new Kept(request, bytes);
    }

    /**
     * Reads what is left of a refused request, so that the connection can carry the next one. Where too much is left,
     * or it comes too slowly, the connection is cut instead: a slow sender could otherwise hold it for as long as it
     * likes.
     */
    static void giveUp(HttpServletRequest request, Duration deadline) {
        var rest = (Rest) request.getAttribute(REST_ATTRIBUTE);
        try (var in = new Clocked(request, buffer -> rest.skip(), deadline)) {
            if (in.discard(MAX_DISCARDED_BYTES)) {
                return;
            }
        } catch (IOException | IllegalStateException e) {
            // The sender is silent, or sends what is no HTTP: cut, as for a body that is too long.
        }
        rest.cut();
    }

    private static byte[] bytes(HttpServletRequest request, Duration deadline) {
        var bytes = new ByteArrayOutputStream();
        try (var in = new Clocked(request, request.getInputStream()::read, deadline)) {
            for (int n = in.read(); n >= 0; n = in.read()) {
                bytes.write(in.buffer, 0, n);
                if (bytes.size() > MAX_BYTES) {
                    throw tooLarge();
                }
            }
        } catch (SocketTimeoutException e) {
            throw tooSlow(deadline);
        } catch (IOException | IllegalStateException e) { // the latter from too many trailers
            throw new Refusal(Problem.malformed("body: cut off, or badly framed (expected: as long as announced)"));
        }
        return bytes.toByteArray();
    }

    /** As {@link InputStream#read(byte[])}. */
    private interface Source {

        int read(byte[] buffer) throws IOException;
    }

    /**
     * A request's bytes as they come in, until the deadline. Where they come in chunks a single read may wait many
     * times, so that the container is hurried, too.
     */
    private static final class Clocked implements AutoCloseable {

        private final Source in;
        private final long end;
        private final byte[] buffer = new byte[BUFFER_BYTES];

        private final CompletableFuture<Void> alarm = new CompletableFuture<>();

        Clocked(HttpServletRequest request, Source in, Duration deadline) {
            this.in = in;
            this.end = System.nanoTime() + deadline.toNanos();
            if (request.getHeader("Transfer-Encoding") != null) {
                var rest = (Rest) request.getAttribute(REST_ATTRIBUTE);
                alarm.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
                    rest.hurry();
                    return null;
                });
            }
        }

        @Override
        public void close() {
            alarm.complete(null);
        }

        /** As {@link InputStream#read(byte[])}; a single wait for bytes is limited by the connector's own time-out. */
        int read() throws IOException {
            if (System.nanoTime() - end > 0) {
                throw new SocketTimeoutException("body: too slow");
            }
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

    /**
     * The request with its body in memory. Of its query only the text is left, of its headers the admitted ones, and it
     * has no cookies and one language: whoever asked the container for all would fail at one that is badly encoded, or
     * at too many.
     */
    private static final class Kept extends HttpServletRequestWrapper {

        private final byte[] bytes;

        Kept(HttpServletRequest request, byte[] bytes) {
            super(request);
            this.bytes = bytes;
        }

        @Override
        public ServletInputStream getInputStream() {
            var in = new ByteArrayInputStream(bytes);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return in.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("read listener: the body is in memory (expected: read it)");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public String getHeader(String name) {
            return ADMITTED_HEADERS.contains(name) ? super.getHeader(name) : null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return ADMITTED_HEADERS.contains(name) ? super.getHeaders(name) : Collections.emptyEnumeration();
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(ADMITTED_HEADERS.stream()
                    .filter(name -> super.getHeader(name) != null)
                    .toList());
        }

        @Override
        public long getDateHeader(String name) {
            return ADMITTED_HEADERS.contains(name) ? super.getDateHeader(name) : -1;
        }

        @Override
        public int getIntHeader(String name) {
            return ADMITTED_HEADERS.contains(name) ? super.getIntHeader(name) : -1;
        }

        @Override
        public Cookie[] getCookies() {
            return null;
        }

        @Override
        public Locale getLocale() {
            return Locale.ROOT;
        }

        @Override
        public Enumeration<Locale> getLocales() {
            return Collections.enumeration(List.of(Locale.ROOT));
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public String[] getParameterValues(String name) {
            return null;
        }

        @Override
        public String getParameter(String name) {
            return null;
        }
    }
}
