package io.orderflow.messaging.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A collector hears of each route under its service, by an address and nothing else. */
class TracersTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Exception> refused = new CopyOnWriteArrayList<>();

    @Test
    void aCollectorHearsOfEachRouteUnderItsService() throws Exception {
        var collector = collector();
        try (var tracers =
                Tracers.collector("http://localhost:" + collector.getAddress().getPort() + "/", refused::add)) {
            passes(tracers);
        } finally {
            collector.stop(0);
        }

        assertThat(String.join("\n", heard))
                .contains("POST /v1/traces application/x-protobuf")
                .contains("service.name", "orders.take", "payments.charge")
                .containsPattern("service\\.name[^a-z]+orders[^.a-z]")
                .containsPattern("service\\.name[^a-z]+payments[^.a-z]");
    }

    @Test
    void whatACollectorDoesNotTakeIsSaid() throws Exception {
        var collector = collector();
        var address = "http://localhost:" + collector.getAddress().getPort();
        collector.stop(0);
        try (var tracers = Tracers.collector(address, refused::add)) {
            passes(tracers);
        }

        assertThat(refused).isNotEmpty().allSatisfy(e -> assertThat(e).hasMessage("2 spans were not taken"));
    }

    @Test
    void whoTakesNoneCostsNothing() throws Exception {
        try (var tracers = Tracers.none();
                var camel = new DefaultCamelContext()) {
            tracers.watch(camel);

            assertThat(camel.getRoutePolicyFactories()).isEmpty();
        }
    }

    private static void passes(Tracers tracers) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            tracers.watch(camel);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:take").routeId("orders.take").to("direct:charge");
                    from("direct:charge").routeId("payments.charge").setBody(constant("paid"));
                }
            });
            camel.start();
            try (var template = camel.createProducerTemplate()) {
                template.sendBody("direct:take", "an order");
            }
        }
    }

    private HttpServer collector() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
