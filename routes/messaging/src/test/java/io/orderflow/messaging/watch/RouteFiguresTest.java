package io.orderflow.messaging.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** What dashboards for Camel read: the names and labels of camel-micrometer, which used to be here. */
class RouteFiguresTest {

    private static final String ROUTE = "{camelContext=shop, eventType=route, kind=CamelRoute, routeId=orders.place}";
    private static final String CONTEXT = "{camelContext=shop, eventType=RouteEvent, kind=CamelRoute}";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.getCamelContextExtension().setName("shop");
        new RouteFigures(meters).measure(camel);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders.place").routeId("orders.place").process(exchange -> {
                    if ("bad".equals(exchange.getMessage().getBody())) {
                        throw new IllegalArgumentException("bad");
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
    void hasTheNamesAndLabelsOfCamelsOwn() {
        assertThat(meters.getMeters().stream().map(Meter::getId).map(id -> id.getName() + labels(id)))
                .containsExactlyInAnyOrder(
                        "camel.route.policy" + ROUTE,
                        "camel.exchanges.total" + ROUTE,
                        "camel.exchanges.succeeded" + ROUTE,
                        "camel.exchanges.failed" + ROUTE,
                        "camel.exchanges.failures.handled" + ROUTE,
                        "camel.exchanges.external.redeliveries" + ROUTE,
                        "camel.routes.added" + CONTEXT,
                        "camel.routes.running" + CONTEXT,
                        "camel.routes.reloaded" + CONTEXT,
                        "app.info{camel.context=shop, camel.runtime.provider=Spring-Boot, camel.runtime.version="
                                + SpringBootVersion.getVersion() + ", camel.version="
                                + camel.getVersion() + "}");
    }

    @Test
    void countsHowAnExchangeEnds() throws Exception {
        try (var template = camel.createProducerTemplate()) {
            template.send(
                    "direct:orders.place", exchange -> exchange.getMessage().setBody("good"));
            template.send(
                    "direct:orders.place", exchange -> exchange.getMessage().setBody("good"));
            template.send(
                    "direct:orders.place", exchange -> exchange.getMessage().setBody("bad"));
        }

        assertThat(counted("camel.exchanges.total")).isEqualTo(3);
        assertThat(counted("camel.exchanges.succeeded")).isEqualTo(2);
        assertThat(counted("camel.exchanges.failed")).isEqualTo(1);
        assertThat(meters.get("camel.route.policy").timer().count()).isEqualTo(3);
        assertThat(meters.get("camel.routes.running").gauge().value()).isEqualTo(1);
    }

    private double counted(String name) {
        return meters.get(name).counter().count();
    }

    private static String labels(Meter.Id id) {
        return id.getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .toList()
                .toString()
                .replace('[', '{')
                .replace(']', '}');
    }
}
