package io.orderflow.e2e.house;

import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a runbook tells to type, typed: each curl and each statement, against a shop where something went wrong. */
class RunbooksTest {

    private static final List<Text> PAGES = Text.below(Text.ROOT.resolve("docs/runbooks"), ".md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(sh|sql)\n(.*?)^\\1```$");
    private static final Pattern INLINE = Pattern.compile("`(select [^`]+)`");
    private static final Pattern KUBECTL = Pattern.compile("kubectl -n \"\\$NS\" "
            + "(get|describe|logs|top|port-forward|delete|exec|rollout restart|rollout undo|annotate) .+");
    private static final Pattern REFUSED = Pattern.compile("\"status\":[45]\\d\\d");

    @TempDir
    private static Path folder;

    private static Shop shop;
    private static String token;
    private static UUID order;
    private static UUID pending;
    private static String parked;
    private static String refused;
    private static String group;
    private static String release;

    @BeforeAll
    static void open() {
        var issuer = Issuer.in(folder.resolve("issuer"));
        var settings = new ArrayList<>(issuer.settings());
        settings.add("--spring.main.sources=" + PausedWorkers.Module.class.getName());
        shop = Shop.at(Site.fresh(), settings.toArray(String[]::new));
        token = issuer.token("eve", "operator.read", "operator.release", "operator.cancel");
        var address = shop.instance().address();
        shop.customersUse(new Client(address, "Authorization", "Bearer " + issuer.token("stock", "operator.stock")));
        var mug = shop.stocks(2);
        shop.customersUse(new Client(address, "Authorization", "Bearer " + issuer.token("ada", "customer")));
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        order = shop.places(anOrder().of(1, mug));
        shop.breaks("orders.orders", "id", order);
        workers.goOn();
        shop.eventually(order)
                .comesTrue(() -> assertThat(shop.parkedOf(ORDERS, order)).isNotEmpty());
        shop.repairs("orders.orders", order);
        workers.pause("payments.charge-order");
        pending = shop.places(anOrder().of(1, mug));
        parked = shop.parkedOf(ORDERS, order).getFirst().id().toString();
        shop.writes("order_events", UUID.randomUUID().toString(), ofALaterVersion());
        await().atMost(Shop.PATIENCE)
                .until(() -> shop.instance().parking().list(Role.PAYMENTS, 10).size() == 1);
        refused = shop.sql().queryForObject("""
                insert into orders.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, refused_at)
                values (gen_random_uuid(), 'order_events', gen_random_uuid(), 'OrderCreated', '{}', 1, now(),
                    now() + interval '1 hour') returning id""", String.class);
        group = shop.sql()
                .queryForObject("select error_group from orders.parked where id = ?::uuid", String.class, parked);
        release = shop.sql().queryForObject("""
                insert into orders.release (id, action, what, caller, reason, call, per_minute, events, chosen_before)
                values (uuidv7(), 'RELEASE', 'any', 'eve', 'why', uuidv7(), 1, 1, now()) returning id""", String.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static byte[] ofALaterVersion() {
        return """
                {"event_id":"%s","event_type":"OrderReviewed","event_version":1,"occurred_at":"2026-01-01T00:00:00Z",\
                "order_id":"%s","sequence":1,"payload":{}}""".formatted(UUID.randomUUID(), UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> whatAPageTellsToTypeDoesWhatItSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (var page : PAGES) {
            BLOCK.matcher(page.content()).results().forEach(block -> {
                var lines = block.group(3).strip();
                tests.add(DynamicTest.dynamicTest(
                        page.name() + ": " + lines.lines().findFirst().orElse(""), () -> type(block.group(2), lines)));
            });
            INLINE.matcher(page.content())
                    .results()
                    .map(one -> one.group(1))
                    .forEach(statement ->
                            tests.add(DynamicTest.dynamicTest(page.name() + ": " + statement, () -> ask(statement))));
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests.stream();
    }

    private static void type(String language, String block) throws Exception {
        if (language.equals("sql")) {
            ask(block);
            return;
        }
        for (var line : block.lines().map(String::strip).toList()) {
            if (line.startsWith("kubectl")) {
                assertThat(line).matches(KUBECTL);
                assertThat(shell("-nc", line.replaceAll("<[a-z ]+>", "any")).waitFor())
                        .as(line)
                        .isZero();
            } else {
                assertThat(line).startsWith("curl -s ");
                curl(line);
            }
        }
    }

    /** Each statement, as each service where it names none. */
    private static void ask(String block) {
        var statements = block.lines()
                .filter(line -> !line.strip().startsWith("--"))
                .reduce("", (all, line) -> all + line + "\n")
                .replace("<order ids>", "'" + order + "'")
                .replace("<id>", order.toString())
                .replace("<pid>", "0");
        for (var statement : statements.split(";")) {
            var roles = statement.contains("<role>")
                    ? Topology.ORDERFLOW.drawn().stream().map(Role::name).toList()
                    : List.of("");
            if (!statement.isBlank()) {
                roles.forEach(role -> shop.sql().queryForList(statement.replace("<role>", role)));
            }
        }
    }

    /** It finds something, and nobody refuses it. */
    private static void curl(String line) throws IOException, InterruptedException {
        var command = line.replace(
                        "localhost:9876", shop.instance().management().getAuthority())
                .replace("localhost:8081", shop.instance().ops().getAuthority())
                .replace("/parked/<id>", "/parked/" + parked)
                .replace("/refused/<id>", "/refused/" + refused)
                .replace("/orders/<id>", "/orders/" + pending)
                .replace("service=<role>", "service=orders")
                .replace("<group>", group)
                .replace("<matches>", matches())
                .replace(
                        "<before>",
                        Instant.now().plusSeconds(60).truncatedTo(SECONDS).toString())
                .replace("<release>", release);
        assertThat(command).doesNotContain("localhost:9876", "localhost:8081", "<");
        assumeTrue(shell("-c", "command -v curl").waitFor() == 0, "curl is installed");
        var process = shell("-c", command);
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + said).isZero();
        assertThat(said).as(line).isNotBlank().doesNotContainPattern(REFUSED);
    }

    private static String matches() {
        return shop.sql()
                .queryForObject(
                        "select count(*) from orders.parked where state = 'PARKED' and error_group = ?",
                        String.class,
                        group);
    }

    private static Process shell(String how, String command) throws IOException {
        var shell = new ProcessBuilder("bash", "-o", "pipefail", how, command).redirectErrorStream(true);
        shell.environment().putAll(Map.of("TOKEN", token, "NS", "orders", "REL", "shop", "APP", "shop-orderflow"));
        return shell.start();
    }
}
