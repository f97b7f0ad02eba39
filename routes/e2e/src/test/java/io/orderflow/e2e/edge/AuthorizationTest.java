package io.orderflow.e2e.edge;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Shop.Sku;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what: every REST route of the running app with every kind of caller, over a real socket. */
class AuthorizationTest {

    /** What each caller is answered, as it was decided; what a route names in its drawing is held against it. */
    private static final String MATRIX = """
            route                              | ada | bob | nothing | read | release | cancel | erase | stock
            POST /orders                       | 202 | 202 | 403     | 403  | 403     | 403    | 403   | 403
            GET /orders                        | 200 | 200 | 403     | 403  | 403     | 403    | 403   | 403
            GET /orders/by-key                 | 200 | 404 | 403     | 403  | 403     | 403    | 403   | 403
            GET /orders/{id}                   | 200 | 404 | 403     | 403  | 403     | 403    | 403   | 403
            GET /orders/{id}/events            | 200 | 404 | 403     | 403  | 403     | 403    | 403   | 403
            POST /orders/{id}/cancellation     | 409 | 404 | 403     | 403  | 403     | 403    | 403   | 403
            GET /products                      | 200 | 200 | 403     | 200  | 403     | 403    | 403   | 200
            PUT /products/{sku}                | 403 | 403 | 403     | 403  | 403     | 403    | 403   | 200
            GET /stock                         | 200 | 200 | 403     | 200  | 403     | 403    | 403   | 200
            GET /stock/{sku}                   | 200 | 200 | 403     | 200  | 403     | 403    | 403   | 200
            PUT /stock/{sku}                   | 403 | 403 | 403     | 403  | 403     | 403    | 403   | 200
            POST /stock/{sku}/deliveries       | 403 | 403 | 403     | 403  | 403     | 403    | 403   | 200
            GET /ops/audit                     | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/audit.csv                 | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/lag                       | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/parked                    | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/parked/groups             | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/parked/{id}               | 403 | 403 | 403     | 404  | 403     | 403    | 403   | 403
            GET /ops/parked/{id}/payload       | 403 | 403 | 403     | 404  | 403     | 403    | 403   | 403
            POST /ops/parked/{id}/release      | 403 | 403 | 403     | 403  | 404     | 403    | 403   | 403
            POST /ops/parked/{id}/discard      | 403 | 403 | 403     | 403  | 404     | 403    | 403   | 403
            POST /ops/releases                 | 403 | 403 | 403     | 403  | 400     | 403    | 403   | 403
            GET /ops/releases                  | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/releases/{id}             | 403 | 403 | 403     | 404  | 403     | 403    | 403   | 403
            GET /ops/releases/{id}/events      | 403 | 403 | 403     | 404  | 403     | 403    | 403   | 403
            POST /ops/releases/{id}/pause      | 403 | 403 | 403     | 403  | 404     | 403    | 403   | 403
            POST /ops/releases/{id}/resume     | 403 | 403 | 403     | 403  | 404     | 403    | 403   | 403
            POST /ops/releases/{id}/stop       | 403 | 403 | 403     | 403  | 404     | 403    | 403   | 403
            GET /ops/refused                   | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            POST /ops/refused/{id}/discard     | 403 | 403 | 403     | 403  | 404     | 403    | 403   | 403
            GET /ops/orders                    | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/orders/{id}               | 403 | 403 | 403     | 404  | 403     | 404    | 403   | 403
            POST /ops/orders/{id}/cancellation | 403 | 403 | 403     | 403  | 403     | 404    | 403   | 403
            POST /ops/orders/{id}/erasure      | 403 | 403 | 403     | 403  | 403     | 403    | 404   | 403
            GET /ops/orders/{id}/story         | 403 | 403 | 403     | 404  | 403     | 403    | 403   | 403
            GET /ops/orders/{id}/kept          | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/orders/rebuilds           | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            POST /ops/orders/rebuilds          | 403 | 403 | 403     | 403  | 202     | 403    | 403   | 403
            GET /ops/console                   | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /ops/console/{file}            | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /ops/console/overview          | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/console/flow              | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/console/stream            | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/console/stuck             | 403 | 403 | 403     | 200  | 403     | 403    | 403   | 403
            GET /ops/console/orders/{id}       | 403 | 403 | 403     | 404  | 403     | 403    | 403   | 403
            GET /ops/console/roles/{role}/{list} | 403 | 403 | 403   | 200  | 403     | 403    | 403   | 403
            GET /ops/console/roles/{role}/{list}/{id} | 403 | 403 | 403 | 404 | 403   | 403    | 403   | 403
            GET /ops/console/roles/{role}/{list}/{id}/{part} | 403 | 403 | 403 | 404 | 403 | 403 | 403 | 403
            POST /ops/console/roles/{role}/{list} | 403 | 403 | 403  | 403  | 400     | 403    | 403   | 403
            POST /ops/console/roles/{role}/{list}/{id}/{part} | 403 | 403 | 403 | 403 | 404 | 403 | 403 | 403
            GET /ops/openapi.json              | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /ops/docs                      | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /ops/docs/{file}               | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /openapi.json                  | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /asyncapi.json                 | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /schemas/{schema}              | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /docs                          | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            GET /docs/{file}                   | 200 | 200 | 200     | 200  | 200     | 200    | 200   | 200
            """;

    private static final Map<String, List<String>> ROLES = Map.of(
            "ada", List.of("customer"),
            "bob", List.of("customer"),
            "nothing", List.of(),
            "read", List.of("operator.read"),
            "release", List.of("operator.release"),
            "cancel", List.of("operator.cancel"),
            "erase", List.of("operator.erase"),
            "stock", List.of("operator.stock"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path folder;

    private static Issuer issuer;
    private static Shop shop;

    @BeforeAll
    static void open() {
        issuer = Issuer.in(folder.resolve("issuer"));
        var settings = new ArrayList<>(issuer.settings());
        settings.add("--spring.main.sources=" + PausedWorkers.Module.class.getName());
        settings.add("--orderflow.http.longest-stream=200ms");
        shop = Shop.withConsole(settings.toArray(String[]::new));
        shop.customersUse(as("ada"));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /** A row of the matrix: what a route answers each caller. */
    private record Row(String route, Map<String, Integer> answers) {

        String method() {
            return route.split(" ")[0];
        }

        /** Whether nobody has to say who he is. */
        boolean isForEverybody() {
            return answers.get("nothing") == 200;
        }

        /** Whether customers have no business there. */
        boolean isForOperators() {
            return answers.get("ada") == 403 && answers.get("bob") == 403;
        }

        /** Whether it leaves no row in what it reads, unless it is refused. */
        boolean readsTheRecord() {
            return route.startsWith("GET /ops/audit");
        }

        /** How many calls of others a good one makes: of each service what is parked, the order and its mails. */
        int callsOfOthers() {
            return route.equals("GET /ops/console/orders/{id}") ? 7 : 0;
        }

        /** The roles of somebody who is let in. */
        List<String> admitted() {
            return answers.entrySet().stream()
                    .filter(one -> one.getValue() != 403)
                    .map(one -> ROLES.get(one.getKey()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Row> matrix() {
        var lines = MATRIX.lines().map(line -> line.split("\\s*\\|\\s*")).toList();
        return lines.stream()
                .skip(1)
                .map(cells -> {
                    Map<String, Integer> answers = new LinkedHashMap<>();
                    for (int i = 1; i < cells.length; i++) {
                        answers.put(lines.getFirst()[i].strip(), Integer.valueOf(cells[i].strip()));
                    }
                    return new Row(cells[0].strip(), answers);
                })
                .toList();
    }

    @Test
    void everyRouteHasARow() {
        var routes = shop
                .instance()
                .get(CamelContext.class)
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRestDefinitions()
                .stream()
                .flatMap(rest -> rest.getVerbs().stream()
                        .map(verb -> verb.asVerb().toUpperCase() + " " + rest.getPath()
                                + (verb.getPath() == null ? "" : verb.getPath())));

        assertThat(routes)
                .containsExactlyInAnyOrderElementsOf(
                        matrix().stream().map(Row::route).toList());
    }

    @Test
    void everyCallerIsAnsweredAsTheMatrixSays() throws Exception {
        var mug = stocked(100);
        var order = ordered(mug);
        shop.eventually(order).isConfirmed();
        long auditedBefore = audited("%");
        long ordersBefore = count("select count(*) from orders.orders");
        var softly = new SoftAssertions();
        int calls = 0;
        Map<List<String>, Map<String, List<String>>> badTokens = new HashMap<>();

        for (var row : matrix()) {
            if (row.isForEverybody()) {
                softly.assertThat(send(row, mug, order, List.of()).statusCode())
                        .as(row.route() + " without a token")
                        .isEqualTo(200);
                calls++;
                continue;
            }
            if (!badTokens.containsKey(row.admitted())) {
                badTokens.put(row.admitted(), badTokens(row.admitted()));
            }
            for (var bad : badTokens.get(row.admitted()).entrySet()) {
                var answer = send(row, mug, order, bad.getValue());
                softly.assertThat(answer.statusCode())
                        .as(row.route() + " with " + bad.getKey())
                        .isEqualTo(401);
                softly.assertThat(
                                answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .as(row.route() + " with " + bad.getKey())
                        .startsWith("Bearer");
                softly.assertThat(answer.body()).contains("urn:orderflow:problem:unauthenticated");
                calls++;
            }
        }
        softly.assertThat(audited("%")).as("calls of nobody on record").isEqualTo(auditedBefore);
        int forbidden = 0;
        int operatorCalls = 0;
        for (var row : matrix()) {
            for (var one : row.answers().entrySet()) {
                // Of one caller the record has twenty refusals a minute, and there are more routes than that.
                var subject = row.isForOperators() && one.getValue() == 403 ? one.getKey() + calls : one.getKey();
                var bearer = "Bearer " + token(one.getKey(), subject);
                var answer = send(row, mug, order, List.of("Authorization", bearer));
                softly.assertThat(answer.statusCode())
                        .as(row.route() + " by " + one.getKey() + " " + answer.body())
                        .isEqualTo(one.getValue());
                calls++;
                if (row.isForOperators()) {
                    operatorCalls += row.readsTheRecord() && one.getValue() == 200 ? 0 : 1;
                    operatorCalls += one.getValue() == 403 ? 0 : row.callsOfOthers();
                    forbidden += one.getValue() == 403 ? 1 : 0;
                }
            }
        }

        softly.assertThat(audited("%") - auditedBefore)
                .as("operators' calls on record")
                .isEqualTo(operatorCalls);
        softly.assertThat(audited("FORBIDDEN")).as("refused ones").isEqualTo(forbidden);
        softly.assertThat(count("select count(*) from orders.orders") - ordersBefore)
                .as("orders of those who may place one")
                .isEqualTo(2);
        softly.assertAll();
        System.out.printf(
                "Authorization: %d routes, %d calls, %d of them refused to operators and customers%n",
                matrix().size(), calls, forbidden);
        assertThat(calls).isGreaterThanOrEqualTo(18 * (13 + 6));
    }

    /** R33: each is the token of somebody who is let in, but for one thing. */
    private static Map<String, List<String>> badTokens(List<String> admitted) throws Exception {
        var roles = admitted.toArray(String[]::new);
        var now = Instant.now();
        var soon = now.plusSeconds(600);
        var past = now.minusSeconds(600);
        var good = issuer.token("ada", roles);
        var claims = Issuer.claims(Issuer.NAME, Issuer.AUDIENCE, "ada", past, soon, roles);
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("garbage", "garbage");
        tokens.put("a changed signature", good.substring(0, good.length() - 8) + "AAAAAAAA");
        tokens.put("an expired one", signed(Issuer.claims(Issuer.NAME, Issuer.AUDIENCE, "ada", past, past, roles)));
        tokens.put("one of tomorrow", signed(Issuer.claims(Issuer.NAME, Issuer.AUDIENCE, "ada", soon, soon, roles)));
        tokens.put("another issuer", signed(Issuer.claims("https://x", Issuer.AUDIENCE, "ada", past, soon, roles)));
        tokens.put("another audience", signed(Issuer.claims(Issuer.NAME, "billing", "ada", past, soon, roles)));
        tokens.put(
                "an impossible subject",
                signed(Issuer.claims(Issuer.NAME, Issuer.AUDIENCE, "a".repeat(256), past, soon, roles)));
        tokens.put("roles that are numbers", signed(claims.replaceAll("\"roles\":\\[.*?]", "\"roles\":[1]")));
        tokens.put("roles that are objects", signed(claims.replaceAll("\"roles\":\\[.*?]", "\"roles\":[{}]")));
        for (var cnf : List.of("null", "1", "\"odd\"", "{}", "{\"jkt\":\"x\"}", "{\"x5t#S256\":\"x\"}")) {
            tokens.put("cnf " + cnf, signed(claims.replace("{\"iss\"", "{\"cnf\":" + cnf + ",\"iss\"")));
        }
        tokens.put("another type", issuer.signed(Issuer.header().replace("JWT", "dpop+jwt"), claims));
        tokens.put("no signature", Issuer.content("{\"alg\":\"none\"}", claims) + ".");
        tokens.put("HS256 by the public key", byPublicKey(claims));
        tokens.put("an unknown key", issuer.signed(Issuer.header().replace("\"key\"", "\"other\""), claims));
        tokens.put("a path for a key", issuer.signed(Issuer.header().replace("\"key\"", "\"../../dev/null\""), claims));
        tokens.put("a URL for a key", issuer.signed(Issuer.header().replace("\"key\"", "\"https://x/keys\""), claims));
        tokens.put("another place for keys", stranger(claims));
        tokens.put("12 KiB", good + "A".repeat(12 * 1024));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("nothing", List.of());
        tokens.forEach((name, token) -> headers.put(name, List.of("Authorization", "Bearer " + token)));
        headers.put("two headers", List.of("Authorization", "Bearer " + good, "Authorization", "Bearer " + good));
        headers.put("another scheme", List.of("Authorization", "Basic YWRhOmFkYQ=="));
        headers.put("DPoP", List.of("Authorization", "DPoP " + good, "DPoP", good));
        headers.put("the old header", List.of("X-Customer-Id", "ada"));
        headers.put("it in the query", List.of("?access_token=", good));
        return headers;
    }

    private static String signed(String claims) {
        return issuer.signed(Issuer.header(), claims);
    }

    private static String byPublicKey(String claims) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Files.readAllBytes(Path.of(issuer.keys())), "HmacSHA256"));
        var content = Issuer.content("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"key\"}", claims);
        return content + "." + Issuer.encoded(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Signed by somebody else, who tells where his keys are, and has them with him. */
    private static String stranger(String claims) throws Exception {
        var stranger = Issuer.in(folder.resolve("stranger"));
        var keys = JSON.readTree(Files.readString(Path.of(stranger.keys())));
        var header = "{\"alg\":\"ES256\",\"kid\":\"key\",\"jku\":\"" + stranger.keys() + "\",\"jwk\":"
                + keys.at("/keys/0") + "}";
        return stranger.signed(header, claims);
    }

    @Test
    void anEndlessTokenIsCutOff() throws IOException {
        try (var socket = new Socket("localhost", shop.instance().address().getPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream()
                        .write(("GET /orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + "A".repeat(100 * 1024)
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // It has seen enough, and closed.
            }
            var answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length))
                    .isEqualTo(answer.length);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    /** RFC 9068, and whatever OpenID Connect allows for a subject. */
    @Test
    void anotherIssuersTokensAreTaken() {
        var now = Instant.now();
        for (var subject : List.of("auth0|5f7c", "f:0190a6f0:ada", "system:serviceaccount:ns:name", "a+b@x.de")) {
            var claims = Issuer.claims(Issuer.NAME, Issuer.AUDIENCE, subject, now, now.plusSeconds(60), "customer");
            var token = issuer.signed(Issuer.header().replace("JWT", "at+jwt"), claims);

            assertThat(get(shop.instance().address(), "/orders", token).statusCode())
                    .as(subject)
                    .isEqualTo(200);
        }
    }

    /** It asks for none. */
    @Test
    void thePortOfTheManagementIgnoresTokens() {
        for (var path : List.of("/observe/health", "/observe/health/live", "/observe/metrics")) {
            assertThat(get(shop.instance().management(), path, "x").statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    /** Duties are separate: R35. */
    @Test
    void anOperatorDoesNotShopUnderTheSameToken() {
        var token = issuer.token("ada", "customer", "operator.read");

        assertThat(get(shop.instance().address(), "/orders", token).statusCode())
                .isEqualTo(403);
        assertThat(get(shop.instance().ops(), "/ops/parked", token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void eachPortHasItsOwnPathsAndNoOthers() {
        var token = token("read");
        var front = shop.instance().address();
        var back = shop.instance().ops();

        assertThat(get(back, "/ops/audit", token).statusCode()).isEqualTo(200);
        for (var path : List.of("/ops/audit", "/ops/parked", "/ops", "/OPS/audit")) {
            assertThat(get(front, path, token).statusCode()).as(path).isEqualTo(404);
        }
        for (var path : List.of("/products", "/orders", "/opsy", "/")) {
            assertThat(get(back, path, token).statusCode()).as(path).isEqualTo(404);
        }
    }

    /** R40 and R41. */
    @Test
    void nothingElseIsOnEitherPort() {
        for (var port : List.of(shop.instance().address(), shop.instance().ops())) {
            for (var path : List.of(
                    "/actuator",
                    "/actuator/env",
                    "/actuator/heapdump",
                    "/observe",
                    "/observe/health",
                    "/observe/env",
                    "/observe/configprops",
                    "/observe/loggers",
                    "/observe/shutdown",
                    "/observe/roles",
                    "/health",
                    "/livez",
                    "/readyz",
                    "/swagger-ui",
                    "/swagger-ui/index.html",
                    "/webjars/swagger-ui/5.34.1/index.html",
                    "/docs/index.html",
                    "/v3/api-docs",
                    "/api-doc",
                    "/q/dev",
                    "/jolokia",
                    "/login",
                    "/logout",
                    "/error")) {
                assertThat(get(port, path, token("read")).statusCode()).as(path).isEqualTo(404);
            }
        }
        for (var closed : List.of("env", "heapdump", "configprops", "loggers", "shutdown", "beans", "threaddump")) {
            assertThat(get(shop.instance().management(), "/observe/" + closed, token("read"))
                            .statusCode())
                    .as(closed)
                    .isEqualTo(404);
        }
        for (var health : List.of("", "/live", "/ready", "/readiness", "/dependencies")) {
            assertThat(get(shop.instance().management(), "/observe/health" + health, token("read"))
                            .body())
                    .as(health)
                    .startsWith("{\"status\":\"UP\"")
                    .doesNotContain("details", "PostgreSQL", "version");
        }
    }

    /** R36, with what is left on record of it. */
    @Test
    void anOperatorReleasesWhatIsParkedOnceAndForAReason() throws Exception {
        var mug = stocked(3);
        shop.instance().get(PausedWorkers.class).pause("payments.charge-order");
        var order = ordered(mug);
        shop.breaks("orders.orders", "id", order);
        shop.instance().get(PausedWorkers.class).goOn();
        shop.eventually(order)
                .comesTrue(() -> assertThat(shop.parkedOf(ORDERS, order)).isNotEmpty());
        var id = shop.parkedOf(ORDERS, order).getFirst().id();
        var listed = JSON.readTree(get(shop.instance().ops(), "/ops/parked?limit=100", token("read"))
                .body());
        assertThat(listed.at("/items"))
                .anyMatch(item -> item.at("/id").textValue().equals(id.toString())
                        && item.at("/service").textValue().equals("orders"));

        assertThat(shown(id).at("/stack").textValue())
                .startsWith("org.postgresql.util.PSQLException\n  at org.postgresql.")
                .contains("wrapped in ");
        assertThat(settle(id, "release", "{}").statusCode()).isEqualTo(400);
        assertThat(settle(id, "release", "{\"reason\":\" \"}").statusCode()).isEqualTo(422);
        assertThat(settle(id, "release", "{\"reason\":\"x\",\"filter\":\"all\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(settle(id, "release", "{\"reason\":\"x\",\"payload\":{}}").statusCode())
                .isEqualTo(400);
        assertThat(settle(UUID.randomUUID(), "release", "{\"reason\":\"x\"}").statusCode())
                .isEqualTo(404);
        assertThat(settle(id, "release", "{\"reason\":\"too early\"}").statusCode())
                .isEqualTo(409);
        shop.repairs("orders.orders", order);
        parkedDaysAgo(id, 8);
        assertThat(settle(id, "release", "{\"reason\":\"too late\"}").body())
                .contains("orderflow.messaging.release-window");
        parkedDaysAgo(id, 0);
        assertThat(settle(id, "release", "{\"reason\":\"repaired\"}").statusCode())
                .isEqualTo(200);
        assertThat(settle(id, "release", "{\"reason\":\"again\"}").statusCode()).isEqualTo(409);
        assertThat(settle(id, "discard", "{\"reason\":\"again\"}").statusCode()).isEqualTo(409);
        for (var follower :
                shop.parkedOf(ORDERS, order).stream().map(Parked::id).toList()) {
            settle(follower, "release", "{\"reason\":\"repaired\"}");
        }

        shop.eventually(order).isConfirmed().isSettled();
        assertThat(shop.sql()
                        .queryForList(
                                "select caller || ' ' || roles || ' ' || action || ' ' || reason || ' ' || result"
                                        + " from orders.audit where target = ? and reason is not null order by id",
                                String.class,
                                "/ops/parked/" + id + "/release"))
                .containsExactly(
                        "release operator.release ops.release-parked too early FAILED_AGAIN",
                        "release operator.release ops.release-parked too late CONFLICT",
                        "release operator.release ops.release-parked repaired RELEASED",
                        "release operator.release ops.release-parked again CONFLICT");
        assertThat(shown(id).at("/timeline"))
                .extracting(step -> step.at("/what").asText() + " "
                        + step.at("/caller").asText() + " " + step.at("/reason").asText())
                .containsExactly("PARKED null null", "FAILED_AGAIN release too early", "RELEASED release repaired");
        assertThat(get(shop.instance().ops(), "/ops/audit?limit=100", token("read"))
                        .body())
                .contains(
                        "\"reason\":\"repaired\",\"result\":\"RELEASED\",\"before\":\"PARKED\",\"after\":\"RELEASED\"",
                        "\"reason\":\"too early\",\"result\":\"FAILED_AGAIN\",\"before\":\"PARKED\",\"after\":\"PARKED\"",
                        "\"reason\":\"too late\",\"result\":\"CONFLICT\",\"before\":null,\"after\":null");
    }

    @Test
    void anOperatorGivesUpWhatTheBrokerRefusesOnRecord() throws Exception {
        var id = UUID.randomUUID();
        var order = UUID.randomUUID();
        refused(id, order);
        var listed = JSON.readTree(get(shop.instance().ops(), "/ops/refused?limit=100", token("read"))
                        .body())
                .at("/items");
        assertThat(listed)
                .anyMatch(item -> item.at("/id").textValue().equals(id.toString())
                        && item.at("/order_id").textValue().equals(order.toString())
                        && item.at("/bytes").intValue() == 12);
        assertThat(listed.toString()).doesNotContain("secret");

        assertThat(discardRefused(id, " ").statusCode()).isEqualTo(422);
        assertThat(discardRefused(id, "settled by hand").statusCode()).isEqualTo(200);
        assertThat(discardRefused(id, "again").statusCode()).isEqualTo(404);

        assertThat(shop.sql()
                        .queryForList(
                                "select caller || ' ' || roles || ' ' || action || ' ' || reason || ' ' || result"
                                        + " from orders.audit where target = ? and reason is not null order by id",
                                String.class,
                                "/ops/refused/" + id + "/discard"))
                .containsExactly(
                        "release operator.release ops.discard-refused settled by hand DISCARDED OrderCreated of order "
                                + order + " on order_events, 12 bytes");
        assertThat(shop.sql().queryForList("select id from orders.outbox where id = ?", id))
                .isEmpty();
    }

    /** Noted for the next hour, so that the sweeper does not try it meanwhile. */
    private static void refused(UUID id, UUID order) {
        shop.sql().update("""
                insert into orders.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, refused_at)
                values (?, 'order_events', ?, 'OrderCreated', '{"secret":1}', 1, now(), now() + interval '1 hour')""", id, order);
    }

    private static HttpResponse<String> discardRefused(UUID id, String reason) {
        return send(HttpRequest.newBuilder(shop.instance().ops().resolve("/ops/refused/" + id + "/discard"))
                .header("Authorization", "Bearer " + token("release"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\":\"" + reason + "\"}")));
    }

    private void parkedDaysAgo(UUID id, int days) {
        shop.sql()
                .update("update orders.parked set parked_at = now() - make_interval(days => ?) where id = ?", days, id);
    }

    @Test
    void theRecordIsReadPageByPage() throws Exception {
        var next = "";
        var seen = new ArrayList<String>();
        get(shop.instance().ops(), "/ops/parked", token("read"));
        get(shop.instance().ops(), "/ops/parked", token("read"));
        var rows = audited("%");
        for (int page = 0; page < 2; page++) {
            var answer = get(shop.instance().ops(), "/ops/audit?limit=1" + next, token("read"));
            var list = JSON.readTree(answer.body());
            assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
            seen.add(list.at("/items/0/id").textValue());
            next = "&after=" + list.at("/next").textValue();
        }

        assertThat(seen).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(audited("%")).as("reading the record leaves nothing there").isEqualTo(rows);
        assertThat(get(shop.instance().ops(), "/ops/audit?after=AAAA", token("read"))
                        .statusCode())
                .isEqualTo(400);
    }

    private static JsonNode shown(UUID id) throws Exception {
        return JSON.readTree(
                get(shop.instance().ops(), "/ops/parked/" + id, token("read")).body());
    }

    private static HttpResponse<String> settle(UUID id, String how, String body) {
        return send(HttpRequest.newBuilder(shop.instance().ops().resolve("/ops/parked/" + id + "/" + how))
                .header("Authorization", "Bearer " + token("release"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String token(String caller) {
        return token(caller, caller);
    }

    private static String token(String caller, String subject) {
        return issuer.token(subject, ROLES.get(caller).toArray(String[]::new));
    }

    private static Client as(String caller) {
        return new Client(shop.instance().address(), "Authorization", "Bearer " + token(caller));
    }

    private static Sku stocked(int onHand) {
        shop.customersUse(as("stock"));
        var mug = shop.stocks(onHand);
        shop.customersUse(as("ada"));
        return mug;
    }

    private static UUID ordered(Sku sku) {
        return shop.places(OrderForm.anOrder().of(1, sku));
    }

    private static long count(String sql) {
        return shop.sql().queryForObject(sql, Long.class);
    }

    private static long audited(String result) {
        return Topology.WITH_CONSOLE.roles().stream()
                .mapToLong(schema ->
                        count("select count(*) from %s.audit where result like '%s'".formatted(schema, result)))
                .sum();
    }

    /** A request that this route understands, from somebody with these headers. */
    private static HttpResponse<String> send(Row row, Sku sku, UUID order, List<String> headers) {
        var ops = row.route().contains(" /ops");
        var path = row.route()
                .split(" ")[1]
                .replace("{sku}", sku.name())
                .replace("console/{file}", "console/index.html")
                .replace("{file}", "docs.css")
                .replace("{role}/{list}", row.method().equals("GET") ? "orders/parked" : "orders/releases")
                .replace("releases/{id}/{part}", "parked/{id}/release")
                .replace("{part}", "payload")
                .replace("{schema}", "OrderCreated.1")
                .replace("{id}", (ops ? UUID.randomUUID() : order).toString());
        if (path.endsWith("/by-key")) {
            path += "?idempotency_key=" + keyOf(order);
        }
        var query = headers.stream().filter(one -> one.startsWith("?")).findFirst();
        var request = HttpRequest.newBuilder(
                (ops ? shop.instance().ops() : shop.instance().address())
                        .resolve(path + query.map(name -> name + headers.get(1)).orElse("")));
        if (query.isEmpty()) {
            for (int i = 0; i < headers.size(); i += 2) {
                request.header(headers.get(i), headers.get(i + 1));
            }
        }
        var body = body(row, sku);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return send(request.method(row.method(), BodyPublishers.ofString(body)));
    }

    private static String keyOf(UUID order) {
        return shop.sql()
                .queryForObject(
                        "select key from orders.idempotency_key where answer like ?", String.class, "%" + order + "%");
    }

    private static String body(Row row, Sku sku) {
        return switch (row.route()) {
            case "POST /orders" -> OrderForm.anOrder().of(1, sku).json();
            case "PUT /products/{sku}" -> "{\"name\":\"A thing\",\"prices\":{\"EUR\":1290}}";
            case "POST /stock/{sku}/deliveries" -> "{\"quantity\":1}";
            default -> row.route().startsWith("POST /ops/") ? "{\"reason\":\"matrix\"}" : "";
        };
    }

    private static HttpResponse<String> get(URI port, String path, String token) {
        return send(HttpRequest.newBuilder(port.resolve(path)).header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
