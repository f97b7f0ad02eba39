package io.orderflow.http.edge;

import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.identity.HeaderIdentity;
import io.orderflow.messaging.TraceContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The request with its body in memory. Of its query only the text is left, of its headers the admitted ones, and it
 * has no cookies and one language: whoever asked the container for all would fail at one that is badly encoded, or
 * at too many.
 */
final class KeptRequest extends HttpServletRequestWrapper {

    /** The headers that somebody behind the filter reads. All others end here, whatever is in them. */
    private static final Set<String> ADMITTED_HEADERS = admitted(
            "Authorization",
            "Content-Length",
            "Content-Type",
            "Host",
            HeaderIdentity.HEADER,
            IdempotencyKey.HEADER,
            TraceContext.HEADER);

    private final byte[] bytes;

    KeptRequest(HttpServletRequest request, byte[] bytes) {
        super(request);
        this.bytes = bytes;
    }

    private static Set<String> admitted(String... names) {
        var admitted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        admitted.addAll(List.of(names));
        return Collections.unmodifiableSet(admitted);
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
