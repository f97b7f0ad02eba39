package io.orderflow.outside;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to a company, with limits on everything: no redirect is followed and nothing is repeated,
 * unpacked, remembered or kept for long; an answer has at most so many bytes, its head so many lines, and a whole call
 * ends in time, however slowly its bytes drip. Only the headers that are named here go out or come in.
 */
final class Connections implements AutoCloseable, HeaderFilterStrategy {

    private static final Set<String> OUT = Set.of("accept", "authorization", "content-type");
    private static final Set<String> IN = Set.of("content-type");

    private static final int CUT_AGAIN_MILLIS = 100;

    private final OutsideSettings settings;
    private final ScheduledExecutorService timer;
    private final CloseableHttpClient client;

    Connections(CompanyName name, OutsideSettings settings, int callsAtOnce) {
        this.settings = settings;
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name(name.service() + "-" + name.company() + "-timer")
                .factory());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(head())
                                .build())
                        // Java's default, to which the process adds a company's own authorities.
                        .setTlsSocketStrategy(DefaultClientTlsStrategy.createSystemDefault())
                        .setMaxConnPerRoute(callsAtOnce)
                        .setMaxConnTotal(callsAtOnce)
                        .setDefaultSocketConfig(SocketConfig.custom()
                                .setSoTimeout(Timeout.of(settings.readTimeout()))
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(Timeout.of(settings.readTimeout()))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        .setResponseTimeout(Timeout.of(settings.readTimeout()))
                        .build())
                .setUserAgent("orderflow")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("limits", limits())
                .build();
    }

    HttpClient client() {
        return client;
    }

    /** The library has such bounds, too, in some versions (CVE-2026-54399): what holds here is said here. */
    private static Http1Config head() {
        return Http1Config.custom()
                .setMaxHeaderCount(IncomingAnswer.MOST_HEADERS)
                .setMaxLineLength(IncomingAnswer.MOST_BYTES_OF_A_LINE)
                .setMaxEmptyLineCount(IncomingAnswer.MOST_EMPTY_LINES)
                .build();
    }

    private ExecChainHandler limits() {
        return (request, scope, chain) -> {
            // Again and again: before a connection is leased there is nothing to cut.
            var end = timer.scheduleWithFixedDelay(
                    scope.execRuntime::discardEndpoint,
                    settings.totalTimeout().toMillis(),
                    CUT_AGAIN_MILLIS,
                    TimeUnit.MILLISECONDS);
            try {
                return read(request, scope, chain);
            } catch (IOException | RuntimeException e) {
                scope.execRuntime.discardEndpoint();
                throw e;
            } finally {
                end.cancel(false);
            }
        };
    }

    /** Reads the whole answer here, within its limits: later nobody looks at the clock. */
    private static ClassicHttpResponse read(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var response = chain.proceed(request, scope);
        var entity = response.getEntity();
        if (response.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            // Camel would unpack it, to whatever size.
            throw new IOException("answer: packed");
        }
        if (entity != null) {
            byte[] bytes;
            try (var content = entity.getContent()) {
                bytes = content.readNBytes(IncomingAnswer.MOST_BYTES + 1);
                if (bytes.length > IncomingAnswer.MOST_BYTES) {
                    // Closing the content would read the rest of it first, as long as it comes.
                    scope.execRuntime.discardEndpoint();
                    throw new IOException("answer: more than " + IncomingAnswer.MOST_BYTES + " bytes");
                }
            }
            response.setEntity(new ByteArrayEntity(bytes, ContentType.parseLenient(entity.getContentType())));
        }
        return response;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !IN.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        client.close();
    }
}
