package io.orderflow.e2e.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.ProviderOverHttp;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.e2e.shop.Spans;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Canaries: what must stay secret goes through a whole saga, and is then looked for wherever others can read. */
class CanaryTest {

    private static final String PASSWORD = "canary-password-" + UUID.randomUUID();
    private static final String PAYMENT_TOKEN =
            "tok_canary_" + UUID.randomUUID().toString().replace("-", "");

    private static final String API_KEY = "canary-key-" + UUID.randomUUID();
    private static final String WRONG_KEY = "canary-wrong-key-" + UUID.randomUUID();
    private static final String STRANGE = "a_stranger_says";

    @TempDir
    private Path folder;

    @Test
    void noSecretIsWhereOthersCanRead() throws Exception {
        var logs = new Logs();
        var issuer = Issuer.in(folder.resolve("issuer"));
        var secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("spring.datasource.password"), PASSWORD);
        var settings = new ArrayList<>(issuer.settings());
        settings.add("--spring.config.import=configtree:" + secrets + "/");
        settings.add("--spring.main.sources=" + Spans.Module.class.getName());
        settings.add("--orderflow.messaging.spans=true");
        settings.add("--logging.level.io.orderflow=debug");
        settings.add("--logging.level.org.springframework.security=debug");
        var stock = issuer.token("stock", "operator.stock");
        var read = issuer.token("read", "operator.read");
        var ada = issuer.token("ada", "customer");
        var canary = OrderForm.anOrder().paidWith(PAYMENT_TOKEN);
        var secret = List.of(PASSWORD, API_KEY, WRONG_KEY, PAYMENT_TOKEN, canary.email(), ada, stock, read);
        var provider = new ProviderOverHttp(API_KEY);

        try (var shop = Shop.at(Site.fresh(), provider, settings.toArray(String[]::new))) {
            logs.listen();
            var address = shop.instance().address();
            shop.customersUse(new Client(address, "Authorization", "Bearer " + stock));
            var mug = shop.stocks(5);
            shop.customersUse(new Client(address, "Authorization", "Bearer " + ada));
            provider.isCalledWith(WRONG_KEY);
            var order = shop.places(canary.of(1, mug));
            await().atMost(Shop.PATIENCE).until(() -> logs.said().contains("provider: "));
            provider.isCalledWith(API_KEY);
            shop.eventually(order).isSettled();
            assertThat(refusals(address, ada, canary)).doesNotContain(secret);
            parked(shop, canary);
            shop.comesToRest();

            assertThat(shop.mailsTo(canary))
                    .as("the customer, and nobody else, hears of it")
                    .hasSize(1);
            shop.eventually(order).isCancelled("PAYMENT_DECLINED", "DECLINED");
            assertThat(shop.instance()
                            .get(javax.sql.DataSource.class)
                            .unwrap(com.zaxxer.hikari.HikariDataSource.class)
                            .getPassword())
                    .as("the secret that comes from a file")
                    .isEqualTo(PASSWORD);
            var operators = new Client(shop.instance().ops(), "Authorization", "Bearer " + read);
            assertThat(operators.get("/ops/parked").expect(200).body().toString())
                    .contains("order_events")
                    .doesNotContain(secret);
            assertThat(operators.get("/ops/audit").expect(200).body().toString())
                    .contains("change-product")
                    .doesNotContain(secret);
            var metrics = get(shop.instance().management().resolve("/observe/metrics"));
            assertThat(metrics).contains("orders_accepted_total").doesNotContain(secret);
            assertThat(String.join("\n", shop.instance().get(Spans.class).seen()))
                    .contains("payments.call-provider", "orders.take-order")
                    .doesNotContain(secret);
            assertThat(logs.said()).doesNotContain(secret);
            for (var entry : shop.journal().all()) {
                tellsOnlyWhatItMay(entry, canary, List.of(PASSWORD, API_KEY, WRONG_KEY, ada, stock, read));
            }
        } finally {
            logs.stop();
        }
    }

    private static void tellsOnlyWhatItMay(Journal.Entry entry, OrderForm canary, List<String> secret) {
        var text = text(entry);
        assertThat(text).as(entry.topic()).doesNotContain(secret);
        if (text.contains(STRANGE)) {
            // Said by a stranger, not by us.
            return;
        }
        if (!entry.topic().equals("order_contacts")) {
            assertThat(text).as(entry.topic()).doesNotContain(canary.email());
        }
        if (!"OrderCreated".equals(entry.type())) {
            assertThat(text).as(entry.topic()).doesNotContain(PAYMENT_TOKEN);
        }
    }

    /** An event that nobody can read is told of by its position, whatever is in it. */
    private static void parked(Shop shop, OrderForm canary) {
        var event = "{\"" + STRANGE + "\":1,\"payment\":{\"token\":\"" + PAYMENT_TOKEN + "\"},\"email\":\""
                + canary.email() + "\",\"event_id\":\"" + PAYMENT_TOKEN + "\"}";
        shop.writes("order_events", UUID.randomUUID().toString(), event.getBytes(StandardCharsets.UTF_8));
        await().atMost(Shop.PATIENCE).until(() -> shop.journal().all().stream()
                .anyMatch(entry -> entry.topic().equals("dead_letters")));
    }

    /** Requests that fail tell nothing either. */
    private static String refusals(URI address, String token, OrderForm form) {
        var customer = new Client(address, "Authorization", "Bearer " + token);
        return customer.post("/orders", form.key(), form.json().replace("Ada", "Eve"))
                        .expect(422)
                        .body()
                        .toString()
                + customer.post("/orders", form.key() + "-2", form.json() + "}")
                        .expect(400)
                        .body()
                + customer.post("/orders", form.key() + "-3", form.json().replace(form.email(), form.email() + "\\n"))
                        .expect(422)
                        .body()
                + new Client(address, "Authorization", "Bearer " + token + "x")
                        .post("/orders", form.key(), form.json())
                        .expect(401)
                        .body();
    }

    private static String text(Journal.Entry entry) {
        var text = new StringBuilder(entry.key());
        if (entry.value() != null) {
            text.append(new String(entry.value(), StandardCharsets.UTF_8));
        }
        StreamSupport.stream(entry.headers().spliterator(), false).forEach(header -> text.append(header.key())
                .append(header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Everything that is logged, with what failures say. */
    private static final class Logs extends AppenderBase<ILoggingEvent> {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        String said() {
            return String.join("\n", lines);
        }

        void listen() {
            var context = (LoggerContext) LoggerFactory.getILoggerFactory();
            setContext(context);
            start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
            assertThat(context.getLogger("io.orderflow").getLevel()).isEqualTo(Level.DEBUG);
        }

        @Override
        protected void append(ILoggingEvent event) {
            var line = new StringBuilder(event.getFormattedMessage()).append(event.getMDCPropertyMap());
            for (var failure = event.getThrowableProxy(); failure != null; failure = failure.getCause()) {
                line.append(failure.getClassName()).append(failure.getMessage());
            }
            lines.add(line.toString());
        }
    }
}
