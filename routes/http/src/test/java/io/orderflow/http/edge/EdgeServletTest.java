package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.orderflow.http.fixture.EdgeFixture;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The one way from the container to a route, and the figure of it. */
class EdgeServletTest {

    private static final String ID = "0190a6f0-0000-7000-8000-000000000000";

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ThingsApi());

    @Test
    void nothingElseStandsBetweenTheContainerAndARoute() {
        var server = edge.bean(ServletContext.class);

        assertThat(server.getFilterRegistrations().values()).isNotEmpty().allSatisfy(filter -> assertThat(
                        filter.getUrlPatternMappings())
                .as(filter.getName())
                .isEmpty());
        assertThat(server.getServletRegistrations().values())
                .filteredOn(servlet -> servlet.getMappings().contains("/*"))
                .extracting(Registration::getClassName)
                .containsExactly(EdgeServlet.class.getName());
    }

    /** As its applications do, so that dashboards for them show ours. */
    @Test
    void measuresEachRequestUnderTheNamesThatSpringGivesThem() {
        edge.get("/things/" + ID);
        edge.get("/things/1");
        edge.get("/things/fails/overloaded");
        edge.get("/nowhere/" + ID);
        edge.put("/things", "{}");
        edge.put("/things/" + ID, "no JSON");
        edge.raw("PROPFIND /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        await().untilAsserted(() -> {
            assertThat(measured("GET", "SUCCESS", "200", "/things/{id}")).isEqualTo(1);
            assertThat(measured("GET", "CLIENT_ERROR", "400", "/things/{id}")).isEqualTo(1);
            assertThat(measured("GET", "SERVER_ERROR", "503", "/things/fails/{how}"))
                    .isEqualTo(1);
            assertThat(measured("GET", "CLIENT_ERROR", "404", "NOT_FOUND")).isEqualTo(1);
            assertThat(measured("PUT", "CLIENT_ERROR", "405", "UNKNOWN")).isEqualTo(1);
            assertThat(measured("PUT", "CLIENT_ERROR", "400", "/things/{id}")).isEqualTo(1);
            assertThat(measured("UNKNOWN", "CLIENT_ERROR", "405", "UNKNOWN")).isEqualTo(1);
        });
    }

    private static long measured(String method, String outcome, String status, String uri) {
        var tags = Tags.of("error", "none", "exception", "none", "method", method, "outcome", outcome)
                .and("status", status, "uri", uri);
        return edge.bean(MeterRegistry.class).find("http.server.requests").timers().stream()
                .filter(timer -> timer.getId().getTags().equals(tags.stream().toList()))
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
