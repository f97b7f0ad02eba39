package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.ANYONE;
import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.apache.camel.model.rest.RestParamType.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.http.fixture.EdgeFixture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.junit.jupiter.api.Test;

class RuleTest {

    @Test
    void isWhatTheRouteNamesAtItsOwnPathAndMethod() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    rest("/a")
                            .get()
                            .security(CUSTOMER)
                            .param()
                            .name("limit")
                            .type(query)
                            .endParam()
                            .to("direct:a.list")
                            .get("/{id}")
                            .security(ANYONE)
                            .to("direct:a.show")
                            .post("/{id}")
                            .to("direct:a.change");
                }
            });

            assertThat(Rule.of(camel, "GET", "/a").roles()).containsExactly(CUSTOMER);
            assertThat(Rule.of(camel, "GET", "/a").route()).isEqualTo("a.list");
            assertThat(Rule.of(camel, "GET", "/a").parameters()).containsExactly("limit");
            assertThat(Rule.of(camel, "GET", "/a/{id}").parameters()).isEmpty();
            assertThat(Rule.of(camel, "GET", "/a/{id}").admitsEverybody()).isTrue();
            assertThatThrownBy(() -> Rule.of(camel, "POST", "/a/{id}")).hasMessageContaining("names nobody");
            assertThatThrownBy(() -> Rule.of(camel, "PUT", "/a/{id}")).hasMessageContaining("not declared");
        }
    }

    @Test
    void aRouteWithoutOneDoesNotStart() {
        assertThatThrownBy(() -> starts(rest -> rest.get().to("direct:a.list")))
                .hasStackTraceContaining("rest: GET /a names nobody who may call it (expected: .security(...)");
        assertThatThrownBy(() -> starts(rest -> rest.get().security("customers").to("direct:a.list")))
                .hasStackTraceContaining("names [customers]");
    }

    private interface Definition {
        void in(RestDefinition rest);
    }

    private static void starts(Definition definition) {
        EdgeFixture.of(new RouteBuilder() {
                    @Override
                    public void configure() {
                        definition.in(rest("/a"));
                        from("direct:a.list").routeId("a.list").setBody(exchange -> "{}");
                    }
                })
                .beforeAll(null);
    }
}
