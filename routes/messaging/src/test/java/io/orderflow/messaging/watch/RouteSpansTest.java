package io.orderflow.messaging.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.orderflow.messaging.TraceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A span for each route, below what caused it. */
class RouteSpansTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CAUSE = "00f067aa0ba902b7";

    private final List<SpanData> ended = new ArrayList<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicReference<String> said = new AtomicReference<>();

    @BeforeEach
    void start() throws Exception {
        var tracer = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new Ended()))
                .build()
                .get("orderflow");
        Tracers.given(tracer).watch(camel);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders.take").routeId("orders.take").to("direct:orders.place");
                from("direct:orders.place").routeId("orders.place").process(exchange -> {
                    said.set(TraceContext.of(exchange));
                    if ("bad".equals(exchange.getMessage().getBody())) {
                        throw new IllegalArgumentException("who it is about");
                    }
                });
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void eachRouteIsASpanBelowWhatCausedIt() throws Exception {
        send("good", "00-" + TRACE + "-" + CAUSE + "-01");

        var place = ended.get(0);
        var take = ended.get(1);
        assertThat(List.of(take.getName(), place.getName())).containsExactly("orders.take", "orders.place");
        assertThat(take.getTraceId()).isEqualTo(TRACE);
        assertThat(take.getParentSpanId()).isEqualTo(CAUSE);
        assertThat(place.getParentSpanId()).isEqualTo(take.getSpanId());
        assertThat(said.get())
                .as("what the route causes hangs below it")
                .isEqualTo("00-" + TRACE + "-" + place.getSpanId() + "-01");
        assertThat(take.getKind()).isEqualTo(SpanKind.INTERNAL);
    }

    @Test
    void whatNothingCausedBeginsATrace() throws Exception {
        send("good", null);

        assertThat(ended.get(1).getParentSpanContext().isValid()).isFalse();
        assertThat(said.get()).startsWith("00-" + ended.get(1).getTraceId());
    }

    @Test
    void whoSampledNothingIsFollowed() throws Exception {
        send("good", "00-" + TRACE + "-" + CAUSE + "-00");

        assertThat(ended).isEmpty();
        assertThat(said.get()).startsWith("00-" + TRACE).endsWith("-00");
    }

    @Test
    void aFailureIsTheNameOfItsKindAndNothingIsLeftBehind() throws Exception {
        send("bad", null);

        assertThat(ended).hasSize(2).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEqualTo("IllegalArgumentException");
        });
        assertThat(Context.current()).isEqualTo(Context.root());
    }

    private void send(String body, String traceparent) throws Exception {
        try (var template = camel.createProducerTemplate()) {
            template.send("direct:orders.take", exchange -> {
                exchange.getMessage().setBody(body);
                TraceContext.attach(exchange, traceparent);
            });
        }
    }

    private final class Ended implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
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
}
