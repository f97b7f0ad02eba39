package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.Answer;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.fixture.EdgeFixture;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that has an answer already is told so, and nothing more: RFC 9110, 8.8.3 and 13.1.2. */
class EntityTagTest {

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new NotesApi()).with("orderflow.http.origins=https://shop.example");

    static final class NotesApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/notes")
                    .get("/{text}")
                    .security(CUSTOMER)
                    .to("direct:notes.read")
                    .get("/{text}/untagged")
                    .security(CUSTOMER)
                    .to("direct:notes.read-untagged");
            from("direct:notes.read").routeId("notes.read").setBody(exchange -> {
                if (Request.path(exchange, "text").equals("foreign")) {
                    throw new Refusal(Problem.notFound());
                }
                return Answer.ok(Map.of("text", Request.path(exchange, "text"))).tagged();
            });
            from("direct:notes.read-untagged").setBody(exchange -> Map.of());
        }
    }

    private final String tag = Answers.of(edge.get("/notes/a")).header("ETag");

    @Test
    void anAnswersTagIsThatOfItsBody() {
        var answer = Answers.of(edge.get("/notes/a"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(answer.headers().get("Cache-Control")).containsExactly("private, no-cache");
        assertThat(Answers.of(edge.get("/notes/b")).header("ETag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TAG", "W/TAG", "*", " * ", "\"x\", TAG", "TAG,\"x\"", "\"a,b\" ,\tW/TAG", ", ,TAG,", "\"\",TAG"
            })
    void whoHasItIsToldThatItIsTheSame(String known) {
        var answer = Answers.of(
                edge.get("/notes/a", "If-None-Match", known.replace("TAG", tag), "Origin", "https://shop.example"));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers()).doesNotContainKeys("Content-Type", "Content-Length", "Transfer-Encoding");
        assertThat(answer.headers()).containsKeys("Date", "X-Request-Id");
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(answer.headers().get("Cache-Control")).containsExactly("private, no-cache");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag");
    }

    /** What is no list of tags is as if it were not there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"x\"",
                "\"*\"",
                "*, TAG",
                "TAG, *",
                "TAG TAG",
                "TAGx",
                "w/TAG",
                "W/ TAG",
                "\"x, TAG",
                "TAG,\""
            })
    void whoHasAnotherGetsIt(String known) {
        var answer = Answers.of(edge.get("/notes/a", "If-None-Match", known.replace("TAG", tag)));

        assertThat(answer.status()).as(known).isEqualTo(200);
        assertThat(answer.json().get("text").textValue()).isEqualTo("a");
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(Answers.of(edge.get("/notes/a", "If-None-Match", "\"x\"", "If-None-Match", tag))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void aHeadIsToldTheSame() {
        var answer = Answers.of(edge.raw(
                "HEAD /notes/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: " + tag + "\r\n\r\n"));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(tag);
    }

    /** A connection on which a 304 came carries the next answer: nothing of a body was there. */
    @Test
    void theConnectionGoesOnAfterIt() {
        var raw = edge.raw("GET /notes/a HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n"
                + "GET /notes/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(Answers.of(raw).status()).isEqualTo(304);
        assertThat(Answers.of(Answers.of(raw).body()).json().get("text").textValue())
                .isEqualTo("b");
    }

    /** Nobody learns by it that something exists. */
    @Test
    void whatIsRefusedStaysRefused() {
        Answers.of(edge.get("/notes/foreign", "If-None-Match", "*")).isProblem(ProblemType.NOT_FOUND);
        var untagged = Answers.of(edge.get("/notes/a/untagged", "If-None-Match", "*"));
        assertThat(untagged.status()).isEqualTo(200);
        assertThat(untagged.header("Cache-Control")).isEqualTo("no-store");
        assertThat(untagged.headers()).doesNotContainKey("ETag");
    }
}
