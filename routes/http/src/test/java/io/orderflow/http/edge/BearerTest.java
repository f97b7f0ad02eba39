package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.ANYONE;
import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750: what the edge makes of tokens; which of them are good says {@code AuthorizationTest} of the app. */
class BearerTest {

    private static final Issuer ISSUER = Issuer.in(folder());

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new BooksApi())
            .with(ISSUER.settings().stream()
                    .map(setting -> setting.substring("--".length()))
                    .toArray(String[]::new));

    /** Something for everybody and something for customers. */
    static final class BooksApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/books").get().security(ANYONE).to("direct:books.list");
            rest("/loans").get().security(CUSTOMER).to("direct:books.loans");
            from("direct:books.list").routeId("books.list").setBody(constant("[]"));
            from("direct:books.loans").routeId("books.loans").setBody(constant("[]"));
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("issuer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoShowsNoneIsAskedForOne() {
        assertThat(edge.get("/books").statusCode()).isEqualTo(200);

        var answer = Answers.of(edge.get("/loans")).isProblem(ProblemType.UNAUTHENTICATED);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "bearer x", "Bearer", "Bearer  x", "Bearer x y", "Bearer \u00d6", "bearerx"})
    void aBadTokenIsRefusedWhereverItIsShown(String shown) {
        for (var path : List.of("/books", "/loans", "/nowhere")) {
            var answer = Answers.of(edge.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + shown
                    + "\r\nConnection: close\r\n\r\n"));

            answer.isProblem(ProblemType.UNAUTHENTICATED);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void aGoodTokenIsTakenHoweverItsSchemeIsWritten() {
        var token = ISSUER.token("ada", "customer");

        for (var scheme : List.of("Bearer ", "bearer ", "BEARER ")) {
            assertThat(edge.get("/loans", "Authorization", scheme + token).statusCode())
                    .as(scheme)
                    .isEqualTo(200);
        }
        assertThat(edge.get("/books", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherSchemeIsNoToken() {
        assertThat(edge.get("/books", "Authorization", "Basic YWRhOmFkYQ==").statusCode())
                .isEqualTo(200);
        Answers.of(edge.get("/loans", "Authorization", "Basic YWRhOmFkYQ==")).isProblem(ProblemType.UNAUTHENTICATED);
    }
}
