package io.orderflow.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderflow.testkit.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator types becomes one call, and its answer lines for him or JSON for his script. */
class OperatorCommandsTest {

    private static final String ID = "01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21";
    private static final String PARKED = """
            {"items":[{"id":"%s","service":"orders","type":"PaymentCompleted","order_id":null,"reason":"FAILED",
              "parked_at":"2026-11-24T06:10:02.001Z","error":"PSQLException: \\u001b[31m broken"}],"next":"abc"}""".formatted(ID);

    private static final String STEERS = "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]";

    /** A status that stands for no answer. */
    private static final int CUT = 0;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = PARKED;

    private record Typed(int exit, String out, String err) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", this::reply);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void reply(HttpExchange exchange) throws IOException {
        asked.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .strip());
        if (status == CUT) {
            exchange.close();
            return;
        }
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aListIsATableForPeopleAndSteersNoTerminal() {
        var typed = types("parked", "--type", "PaymentCompleted", "--limit=5");

        assertThat(asked).containsExactly("GET /ops/parked?type=PaymentCompleted&limit=5 Bearer secret");
        assertThat(typed.out().lines().toList())
                .startsWith(
                        "ID                                    SERVICE  TYPE              ORDER ID  REASON  PARKED AT"
                                + "                 ERROR",
                        ID + "  orders   PaymentCompleted  -         FAILED  2026-11-24T06:10:02.001Z"
                                + "  PSQLException:  [31m broken")
                .endsWith("more: --after=abc");
        assertThat(typed.exit()).isZero();
    }

    @Test
    void aScriptGetsTheAnswerAsItIs() throws IOException {
        var typed = types("parked", "--json");

        var json = new ObjectMapper();
        assertThat(json.readTree(typed.out())).isEqualTo(json.readTree(PARKED));
    }

    @Test
    void oneEventIsReleasedForAReason() {
        answer = "{\"id\":\"" + ID + "\",\"service\":\"orders\",\"result\":\"RELEASED\"}";

        var typed = types("release", ID, "--reason=mended \"it\"");

        assertThat(asked)
                .containsExactly(
                        "POST /ops/parked/" + ID + "/release Bearer secret {\"reason\":\"mended \\\"it\\\"\"}");
        assertThat(typed.out()).containsPattern("result +RELEASED");
    }

    @Test
    void manyAreReleasedAsADryRunSays() {
        answer = "{\"service\":\"orders\",\"matches\":312,\"before\":\"2026-11-24T06:12:09Z\"}";
        var dry = types("release", "--service=orders", "--group=0b0e", "--reason=mended", "--dry-run");

        types("release", "--service=orders", "--group=0b0e", "--reason=mended", "--count=312", "--per-minute=60");

        assertThat(dry.out()).contains("to do it: --count=312 --before=2026-11-24T06:12:09Z");
        assertThat(asked)
                .containsExactly(
                        "POST /ops/releases?group=0b0e&service=orders&action=RELEASE&dry_run=true"
                                + " Bearer secret {\"reason\":\"mended\"}",
                        "POST /ops/releases?group=0b0e&service=orders&action=RELEASE&dry_run=false&count=312"
                                + "&per_minute=60 Bearer secret {\"reason\":\"mended\"}");
    }

    @Test
    void aReleaseOfManyIsWatchedAndSteered() {
        answer = "{\"release\":{\"id\":\"" + ID + "\",\"state\":\"RUNNING\",\"done\":17}}";
        var watched = types("releases", ID);
        answer = "{\"id\":\"" + ID + "\",\"state\":\"PAUSED\"}";
        var paused = types("releases", ID, "--step=PAUSE", "--reason=too fast");

        assertThat(asked)
                .containsExactly(
                        "GET /ops/releases/" + ID + " Bearer secret",
                        "POST /ops/releases/" + ID + "/pause Bearer secret {\"reason\":\"too fast\"}");
        assertThat(watched.out()).containsPattern("state +RUNNING").containsPattern("done +17");
        assertThat(paused.out()).containsPattern("state +PAUSED");
    }

    @Test
    void ordersAreCalledOffAndTheirCustomersForgotten() {
        answer = """
                {"id":"%s","status":"CANCELLED","reason":"CUSTOMER","total":{"amount_minor":1290,"currency":"EUR"},
                 "lines":[{"sku":"mug","quantity":1}],
                 "history":[{"at":"2026-11-24T06:12:04Z","status":"CANCELLED","event":"OrderCancelled","by":"operator"}]}\
                """.formatted(ID);

        var cancelled = types("cancel", ID, "--reason=she rang");
        types("erase", ID, "--reason=he asked");
        types("order", ID);

        assertThat(asked)
                .containsExactly(
                        "POST /ops/orders/" + ID + "/cancellation Bearer secret {\"reason\":\"she rang\"}",
                        "POST /ops/orders/" + ID + "/erasure Bearer secret {\"reason\":\"he asked\"}",
                        "GET /ops/orders/" + ID + " Bearer secret");
        assertThat(cancelled.out()).contains("OrderCancelled  CANCELLED  operator", "1290 minor units of EUR");
    }

    @Test
    void whatIsRefusedSaysWhyAndEndsWithOne() {
        status = 409;
        answer = "{\"title\":\"Conflict\",\"detail\":\"order: CONFIRMED already (expected: PENDING)\"}";

        var typed = types("cancel", ID, "--reason=she rang");

        assertThat(typed).isEqualTo(new Typed(1, "", "409 Conflict: order: CONFIRMED already (expected: PENDING)\n"));
    }

    @Test
    void whoeverStandsBetweenIsUnderstoodToo() {
        status = 502;
        answer = "<html>Bad gateway</html>";

        assertThat(types("lag").err())
                .isEqualTo("502 without a problem (expected: the operators' port of a service)\n");
    }

    @Test
    void nobodyThereIsSaidInOneLine() {
        var typed = run(Map.of(), "lag", "--address=http://localhost:" + Ports.free());

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.err()).contains("does not answer: ConnectException").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "parked --limit=x",
                "release",
                "release --reason=r",
                "releases --step=STOP",
                "parked --groups --type=OrderCreated",
                "parked 01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21 --groups",
                "release 01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21 --reason=r --count=1",
                "release 01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21 --reason=r --before=2026-11-24T06:12:09Z",
                "release 01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21 --reason=r --per-minute=1",
                "lag --address=nowhere",
                "lag --address=ftp://localhost",
                "lag --address=http://localhost:99999",
                "lag --token=a --token-file=b",
                "order",
                "order 4711",
                "cancel"
            })
    void whatIsTypedWronglyEndsWithTwoAndAsksNobody(String line) {
        var typed = types(line.split(" "));

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).isNotEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theTokenIsInAFileOrInNone(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), "of-a-file\n");
        var address = "http://localhost:" + server.getAddress().getPort();

        run(Map.of("ORDERFLOW_OPS", address), "parked", "--token-file=" + file);
        run(Map.of("ORDERFLOW_OPS", address), "parked");

        assertThat(asked).containsExactly("GET /ops/parked?limit=20 Bearer of-a-file", "GET /ops/parked?limit=20 null");
    }

    @Test
    void whatIsTypedGoesBeforeTheEnvironment(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), "of-a-file\n");

        types("lag", "--token-file=" + file);
        types("lag", "--token=typed");

        assertThat(asked).containsExactly("GET /ops/lag Bearer of-a-file", "GET /ops/lag Bearer typed");
    }

    /** ASCII's controls, those beyond it, separators of lines, and what turns the direction of text. */
    @Test
    void nothingThatIsPrintedSteersATerminal() throws IOException {
        var evil = "a\u001b\u007f\u009b\u2028\u2029\u202e\u2066z";
        var json = new ObjectMapper();
        answer = json.createObjectNode()
                .put("next", evil)
                .set("items", json.createArrayNode().add(json.createObjectNode().put("id", evil)))
                .toString();

        assertThat(types("parked").out())
                .contains("a       z", "more: --after=a       z")
                .doesNotContainPattern(STEERS);
        var asJson = types("parked", "--json").out();
        assertThat(asJson).doesNotContainPattern(STEERS);
        assertThat(json.readTree(asJson)).isEqualTo(json.readTree(answer));
        status = 409;
        answer = json.createObjectNode()
                .put("title", evil)
                .put("detail", "x\n" + evil)
                .toString();
        assertThat(types("lag").err()).isEqualTo("409 a       z: x a       z\n");
    }

    @Test
    void oneEventIsShownWhole() {
        var text = "word ".repeat(40) + "end";
        answer = "{\"event\":{\"error\":\"" + text + "\"},\"timeline\":[{\"reason\":\"" + text + "\"}]}";

        assertThat(types("parked", ID).out().split(text, -1)).hasSize(3);
    }

    @Test
    void aListOfReleasesSaysThatThereAreMore() {
        answer = "{\"items\":[],\"next\":\"abc\"}";

        assertThat(types("releases", "--after=xyz").out()).contains("more: --after=abc");
        assertThat(asked).containsExactly("GET /ops/releases?after=xyz Bearer secret");
    }

    @Test
    void whatNobodyAnsweredMayHaveBeenDone() {
        status = 502;
        answer = "<html>Bad gateway</html>";
        assertThat(types("cancel", ID, "--reason=she rang").err()).contains("; it may have been done");
        status = CUT;

        assertThat(types("cancel", ID, "--reason=she rang").err())
                .contains("does not answer", "; it may have been done")
                .hasLineCount(1);
        assertThat(types("lag").err()).doesNotContain("may have been done");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(types("help").out()).contains("parked", "release", "releases", "order", "cancel", "erase", "lag");
        assertThat(types("help", "release").out()).contains("--dry-run", "--reason");
    }

    @Test
    void whatServicesAreGivenIsNoCommand() {
        assertThat(OperatorCommands.areAskedForBy()).isFalse();
        assertThat(OperatorCommands.areAskedForBy("--roles=orders")).isFalse();
        assertThat(OperatorCommands.areAskedForBy("parked", "--json")).isTrue();
    }

    private Typed types(String... line) {
        return run(
                Map.of(
                        "ORDERFLOW_OPS",
                        "http://localhost:" + server.getAddress().getPort(),
                        "ORDERFLOW_TOKEN",
                        "secret"),
                line);
    }

    private static Typed run(Map<String, String> environment, String... line) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = OperatorCommands.run(environment, new PrintWriter(out), new PrintWriter(err), line);
        return new Typed(exit, out.toString(), err.toString());
    }
}
