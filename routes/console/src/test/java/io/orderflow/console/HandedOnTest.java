package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.console.ConsoleApp.Place;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators' calls go on to the role that they are for, those of the list and no others, with nothing added. */
class HandedOnTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "application/problem+json";

    private static FakeRole payments;
    private static FakeRole elsewhere;
    private static ConsoleApp console;

    @BeforeAll
    static void open() {
        payments = new FakeRole();
        elsewhere = new FakeRole();
        console = new ConsoleApp(
                Place.fresh(),
                "orderflow.console.roles.payments=" + payments.address(),
                "orderflow.console.roles.inventory=http://127.0.0.1:1");
    }

    @AfterAll
    static void close() {
        console.close();
        payments.close();
        elsewhere.close();
    }

    @Test
    void aCallGoesOnWithItsQueryAndWhatTheOperatorShowedAndNothingElse() {
        payments.answers("/ops/parked", 200, "application/json", "{\"items\":[],\"next\":null}");

        var answer = console.get(
                "/ops/console/roles/payments/parked?limit=1&after=a%20b",
                "Authorization",
                "Bearer eve",
                "Cookie",
                "c=1",
                "X-Customer-Id",
                "eve",
                "traceparent",
                "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var heard = payments.heard().getLast();
        assertThat(heard.method()).isEqualTo("GET");
        assertThat(heard.uri()).isEqualTo("/ops/parked?limit=1&after=a%20b");
        assertThat(heard.header("Authorization")).isEqualTo("Bearer eve");
        assertThat(heard.headers().keySet())
                .isSubsetOf("Authorization", "Host", "User-agent", "Content-length", "Connection");
    }

    @Test
    void whatTheRoleAnswersComesBackAsItIs() throws Exception {
        var id = UUID.randomUUID();
        var refusal = "{\"type\":\"urn:orderflow:problem:forbidden\",\"title\":\"No\",\"status\":403,"
                + "\"detail\":\"not you\",\"errors\":[{\"pointer\":\"/a\",\"detail\":\"b\"}]}";
        payments.answers("/ops/parked/" + id + "/release", 403, PROBLEM, refusal)
                .answers("/ops/parked/" + id, 202, "application/json", "{\"a\":1}")
                .answers("/ops/audit.csv", 200, "text/csv;charset=utf-8", "a,b\n");

        var refused = console.post("/ops/console/roles/payments/parked/" + id + "/release", "{\"reason\":\"why\"}");
        var taken = console.get("/ops/console/roles/payments/parked/" + id);
        var csv = console.get("/ops/console/roles/payments/audit.csv");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body())).isEqualTo(JSON.readTree(refusal));
        assertThat(payments.heard())
                .anyMatch(heard -> heard.method().equals("POST")
                        && heard.body().equals("{\"reason\":\"why\"}")
                        && heard.header("Content-type").equals("application/json"));
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.body()).isEqualTo("{\"a\":1}");
        assertThat(csv.body()).isEqualTo("a,b\n");
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        assertThat(recorded("/ops/console/roles/payments/parked/" + id))
                .as("a call that its role has on record")
                .isZero();
    }

    @Test
    void whatIsNotOnTheListReachesNobody() {
        var id = UUID.randomUUID();
        int before = payments.heard().size();
        for (var unknown : List.of(
                "payments/orders/" + id,
                "payments/orders",
                "payments/docs",
                "payments/parked/groups/x",
                "payments/parked/7",
                "payments/metrics",
                "billing/parked",
                "127.0.0.1/parked")) {
            assertThat(console.get("/ops/console/roles/" + unknown).statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
        assertThat(console.post("/ops/console/roles/payments/parked", "{}").statusCode())
                .as("a method that it has not")
                .isEqualTo(404);
        assertThat(console.get("/ops/console/roles/payments/parked?admin=1").statusCode())
                .isEqualTo(400);
        payments.answers("/ops/lag", 200, "application/json", "{}");

        assertThat(console.get("/ops/console/roles/payments/lag").statusCode()).isEqualTo(200);

        assertThat(payments.heard()).hasSize(before + 1);
    }

    @Test
    void noRedirectIsFollowed() {
        payments.redirects("/ops/lag", elsewhere.address() + "/ops/lag");

        assertThat(console.get("/ops/console/roles/payments/lag").statusCode()).isEqualTo(503);

        payments.answers("/ops/lag", 200, "application/json", "{}");
        assertThat(console.get("/ops/console/roles/payments/lag").statusCode()).isEqualTo(200);
        assertThat(elsewhere.heard()).isEmpty();
    }

    @Test
    void aRoleThatDoesNotAnswerAsOneIsNamed() throws Exception {
        var id = UUID.randomUUID();
        var away = console.get("/ops/console/roles/inventory/parked/" + id);
        var nowhere = console.get("/ops/console/roles/orders/lag");
        payments.answers("/ops/lag", 200, "text/html", "<script>alert(1)</script>");
        var page = console.get("/ops/console/roles/payments/lag");
        payments.answers("/ops/lag", 200, "application/json", " ".repeat(8 * 1024 * 1024 + 1));
        var large = console.get("/ops/console/roles/payments/lag");
        payments.answers("/ops/parked/" + id + "/release", 200, "text/html", "somebody else's page");
        var strange = console.post("/ops/console/roles/payments/parked/" + id + "/release", "{\"reason\":\"why\"}");

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(detail(away.body())).startsWith("inventory: away");
        assertThat(recorded("/ops/console/roles/inventory/parked/" + id))
                .as("a call that nobody else has on record")
                .isEqualTo(1);
        assertThat(detail(nowhere.body())).contains("orderflow.console.roles.orders");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(detail(page.body())).startsWith("payments: answers as no role does");
        assertThat(strange.statusCode()).isEqualTo(503);
        assertThat(recorded("/ops/console/roles/payments/parked/" + id))
                .as("a change that no role has answered")
                .isEqualTo(1);
        assertThat(large.statusCode()).isEqualTo(503);
        assertThat(detail(large.body())).startsWith("payments: no whole answer");
    }

    @Test
    void aRoleOfThisProcessNeedsNoAddress() throws Exception {
        var answer = console.get("/ops/console/roles/console/lag");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/topics/0/service").asText())
                .isEqualTo("console");
    }

    @Test
    void anAddressThatIsNoneStopsTheStart() {
        for (var wrong : List.of(
                "payments=ftp://x:1", "payments=http://x:1/ops", "payments=http://u@x:1", "billing=http://x:1")) {
            assertThatThrownBy(() -> new ConsoleApp(Place.fresh(), "orderflow.console.roles." + wrong))
                    .as(wrong)
                    .hasStackTraceContaining("orderflow.console.roles." + wrong.split("=")[0]);
        }
    }

    private static long recorded(String target) {
        return console.count("console.audit where target like ?", target + "%");
    }

    private static String detail(String problem) throws Exception {
        return JSON.readTree(problem).at("/detail").asText();
    }
}
