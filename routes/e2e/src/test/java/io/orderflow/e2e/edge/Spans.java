package io.orderflow.e2e.edge;

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

/** Where an instance's spans go in place of a collector: all that one would get of them, as text. */
final class Spans implements SpanExporter {

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    /** For {@code --spring.main.sources}. */
    @Configuration(proxyBeanMethods = false)
    static class Module {

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

    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        spans.forEach(span -> seen.add(span.toString()));
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
