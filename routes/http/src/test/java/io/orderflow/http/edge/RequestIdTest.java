package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.OPERATOR_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderflow.http.fixture.AuditInMemory;
import io.orderflow.http.fixture.EdgeFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Each answer names its request, whoever gives it; so do the lines that the log has of it, and the record of calls. */
class RequestIdTest {

    private static final String OWN = "0190a6f0-0000-7000-8000-000000000000";
    private static final String END = "Host: x\r\nConnection: close\r\nX-Request-Id: " + OWN + "\r\n\r\n";

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ThingsApi(), new BoxesApi());

    static final class BoxesApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/boxes").post("/{id}/seal").security(OPERATOR_STOCK).to("direct:boxes.seal");
            from("direct:boxes.seal").routeId("boxes.seal").setBody(exchange -> List.of());
        }
    }

    /** Whoever gives it, with a body or without. No two names are the same, and none is the client's. */
    @Test
    void everyAnswerNamesItsRequest() {
        List<String> ids = new ArrayList<>();
        for (var one : List.of(
                "200 GET /things HTTP/1.1\r\n" + END,
                "200 HEAD /things HTTP/1.1\r\n" + END,
                "200 OPTIONS /things HTTP/1.1\r\n" + END,
                "204 GET /things/nothing/at-all HTTP/1.1\r\n" + END,
                "400 GET /th ings HTTP/1.1\r\n" + END,
                "400 GET /things HTTP/7.7\r\n" + END,
                "400 GET /things HTTP/1.1\r\nX: " + "x".repeat(17_000) + "\r\n" + END,
                "400 GET /things/1 HTTP/1.1\r\n" + END,
                "404 GET /nowhere HTTP/1.1\r\n" + END,
                "404 GET /things/%2e%2e HTTP/1.1\r\n" + END,
                "405 CONNECT x:80 HTTP/1.1\r\n" + END,
                "405 PROPFIND /things HTTP/1.1\r\n" + END,
                "413 POST /things HTTP/1.1\r\nContent-Length: 70000\r\n" + END,
                "415 POST /things HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n" + END,
                "417 GET /things HTTP/1.1\r\nExpect: more\r\n" + END,
                "500 GET /things/fails/checked HTTP/1.1\r\n" + END,
                "503 GET /things/fails/overloaded HTTP/1.1\r\n" + END)) {
            var answer = Answers.of(edge.raw(one.substring(4)));

            assertThat(answer.status()).as(one).isEqualTo(Integer.parseInt(one.substring(0, 3)));
            assertThat(answer.headers().get("X-Request-Id")).as(one).hasSize(1);
            assertThat(UUID.fromString(answer.header("X-Request-Id")).version()).isEqualTo(7);
            ids.add(answer.header("X-Request-Id"));
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(OWN);
    }

    @Test
    void aLineOfTheLogNamesTheRequestThatItIsAbout() {
        var log = (Logger) LoggerFactory.getLogger(Edge.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try {
            var first = Answers.of(edge.get("/things/fails/checked", "X-Request-Id", OWN));
            var second = Answers.of(edge.get("/things/fails/checked"));

            assertThat(lines.list)
                    .extracting(line -> line.getMDCPropertyMap().get("request_id"))
                    .containsExactly(first.header("X-Request-Id"), second.header("X-Request-Id"));
            assertThat(first.json().get("instance").textValue()).isEqualTo("urn:uuid:" + first.header("X-Request-Id"));
        } finally {
            log.detachAppender(lines);
        }
    }

    @Test
    void anOperatorsCallIsOnRecordUnderTheNameOfItsRequest() {
        var answer = Answers.of(edge.post("/boxes/1/seal", "{}", "X-Customer-Id", "eve", "X-Request-Id", OWN));

        assertThat(edge.bean(AuditInMemory.class).written())
                .extracting(row -> row.call().id())
                .containsExactly(UUID.fromString(answer.header("X-Request-Id")));
    }
}
