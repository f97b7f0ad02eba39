package io.orderflow.e2e.shop;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where an instance's spans go in place of a collector: all that one would get of them. */
public final class Spans implements SpanExporter {

    private final Queue<SpanData> seen = new ConcurrentLinkedQueue<>();

    /** For {@code --spring.main.sources}. */
    @Configuration(proxyBeanMethods = false)
    public static class Module {

        @Bean
        Spans spans() {
            return new Spans();
        }

        @Bean
        Tracer tracer(Spans spans) {
            return SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build()
                    .get("orderflow");
        }
    }

    /** As text. */
    public List<String> seen() {
        return seen.stream().map(Object::toString).toList();
    }

    /** Those of a trace, in the order in which they ended. */
    public List<SpanData> of(String trace) {
        return seen.stream().filter(span -> span.getTraceId().equals(trace)).toList();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        seen.addAll(spans);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
