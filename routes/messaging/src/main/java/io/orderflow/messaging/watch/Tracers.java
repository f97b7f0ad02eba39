package io.orderflow.messaging.watch;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/**
 * Who takes the spans of routes: a tracer that the process was given, what an agent has set, or a collector, which is
 * told of them over HTTP in the form of OTLP. There a service's spans bear its own name, also where several services
 * run in one process. What a collector does not take in time is dropped: no order waits for it.
 */
public final class Tracers implements AutoCloseable {

    private static final String SCOPE = "orderflow";
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final String PATH = "/v1/traces";
    private static final int LAST_SECONDS = 5;

    private final Function<String, Tracer> tracers;
    private final SpanProcessor export;

    private Tracers(Function<String, Tracer> tracers, SpanProcessor export) {
        this.tracers = tracers;
        this.export = export;
    }

    /** There are no spans then. */
    public static Tracers none() {
        return new Tracers(null, null);
    }

    public static Tracers given(Tracer tracer) {
        return new Tracers(service -> tracer, null);
    }

    public static Tracers ofTheAgent() {
        return given(GlobalOpenTelemetry.getTracer(SCOPE));
    }

    /**
     * @param address a collector's, without the path for spans, as {@code http://localhost:4318}
     * @param refused told of each batch that the collector did not take, which is dropped
     */
    public static Tracers collector(String address, Consumer<Exception> refused) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(address.replaceFirst("/$", "") + PATH)
                .setRetryPolicy(null)
                .build();
        var export = BatchSpanProcessor.builder(new Watched(exporter, refused)).build();
        Map<String, Tracer> known = new ConcurrentHashMap<>();
        return new Tracers(service -> known.computeIfAbsent(service, name -> tracer(name, export)), export);
    }

    private static Tracer tracer(String service, SpanProcessor export) {
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.of(SERVICE, service))))
                .addSpanProcessor(export)
                .build()
                .get(SCOPE);
    }

    /** The exporter's own log would go on for as long as the collector is away. */
    private record Watched(SpanExporter exporter, Consumer<Exception> refused) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            var result = exporter.export(spans);
            result.whenComplete(() -> {
                if (!result.isSuccess()) {
                    refused.accept(new IOException(spans.size() + " spans were not taken"));
                }
            });
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    /** Has each route of the context a span, if anybody takes them. */
    public void watch(CamelContext camel) {
        if (tracers != null) {
            camel.addRoutePolicyFactory(new RouteSpans(tracers));
        }
    }

    /** Tells the collector of the last ones. */
    @Override
    public void close() {
        if (export != null) {
            export.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
        }
    }
}
