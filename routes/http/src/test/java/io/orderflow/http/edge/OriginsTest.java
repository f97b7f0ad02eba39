package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C3: which web sites' pages a browser lets call us. */
class OriginsTest {

    @RegisterExtension
    static final EdgeFixture closed = EdgeFixture.of(new ThingsApi());

    @RegisterExtension
    static final EdgeFixture edge =
            EdgeFixture.of(new ThingsApi()).with("orderflow.http.origins=https://shop.example,http://localhost:3000");

    @Test
    void admitsNoneUnlessOneIsSet() {
        var answer = Answers.of(closed.raw(preflight("https://shop.example")));

        answer.isProblem(ProblemType.FORBIDDEN);
        assertNothingAllowed(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://shop.example.evil.example",
                "https://a.shop.example",
                "http://shop.example",
                "https://shop.example:8443",
                "null",
                "*"
            })
    void refusesAnotherSiteByAProblem(String origin) {
        var preflight = Answers.of(edge.raw(preflight(origin)));
        var plain = Answers.of(edge.raw(request("GET", origin, "")));

        preflight.isProblem(ProblemType.FORBIDDEN);
        assertNothingAllowed(preflight);
        assertThat(plain.status()).isEqualTo(200);
        assertNothingAllowed(plain);
        assertThat(plain.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void letsAnAdmittedSiteCallAndRead() {
        var preflight = Answers.of(edge.raw(preflight("https://shop.example")));
        var plain = Answers.of(edge.raw(request("GET", "https://shop.example", "")));
        var refused = Answers.of(edge.raw(request("DELETE", "https://shop.example", "")));

        var unheard = Answers.of(edge.raw(request("GET", "https://shop.example", "Expect: much\r\n")));

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST, PUT");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization", "Idempotency-Key");
        for (var answer : new Answers[] {preflight, plain, refused, unheard}) {
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
            assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Credentials");
            assertThat(answer.headers().get("Vary")).containsExactly("Origin");
        }
        assertThat(plain.status()).isEqualTo(200);
        refused.isProblem(ProblemType.METHOD_NOT_ALLOWED);
        unheard.isProblem(ProblemType.EXPECTATION_FAILED);
    }

    private static void assertNothingAllowed(Answers answer) {
        assertThat(answer.headers().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
    }

    private static String preflight(String origin) {
        return request(
                "OPTIONS",
                origin,
                "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n");
    }

    private static String request(String method, String origin, String more) {
        return method + " /things HTTP/1.1\r\nHost: x\r\nOrigin: " + origin + "\r\n" + more
                + "Connection: close\r\n\r\n";
    }
}
