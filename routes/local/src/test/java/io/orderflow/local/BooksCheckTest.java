package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.app.Orderflow;
import io.orderflow.testkit.Postgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Spoils right books in one way at a time, and sees the check say what is wrong: a check that cannot say no proves
 * nothing about a run.
 */
class BooksCheckTest {

    private static final Postgres.Database DATABASE = Postgres.shared().freshDatabase();
    private static final JdbcTemplate SQL =
            new JdbcTemplate(new DriverManagerDataSource(DATABASE.url(), DATABASE.user(), ""));

    @TempDir
    private Path mails;

    @BeforeAll
    static void migrate() {
        Orderflow.migrate(
                "--spring.datasource.url=" + DATABASE.url(), "--spring.datasource.username=" + DATABASE.user());
    }

    /** One order for five mugs, confirmed, paid and told. */
    @BeforeEach
    void keepRightBooks() throws Exception {
        SQL.execute("""
                set role payments_migrator;
                alter table provider.journal disable trigger user;
                delete from provider.journal;
                reset role;
                delete from orders.idempotency_key;
                delete from orders.order_line;
                delete from orders.orders;
                delete from notifications.recipient;
                delete from notifications.parked;
                delete from inventory.delivery;
                delete from inventory.reservation;
                delete from inventory.stock_item;
                insert into inventory.stock_item (sku, on_hand, sold) values ('mug', 2, 5);
                insert into inventory.delivery (id, sku, quantity, caller) values (gen_random_uuid(), 'mug', 3, 'eve');
                insert into orders.orders (id, customer_id, status, payment_status, payment_settled, stock_status, settled,
                        total_minor, currency, finished_at)
                    values (gen_random_uuid(), 'ada', 'CONFIRMED', 'CAPTURED', true, 'RESERVED', true, 6450, 'EUR', now());
                insert into orders.order_line (order_id, position, sku, quantity, unit_price_minor)
                    select id, 1, 'mug', 5, 1290 from orders.orders;
                insert into provider.journal (operation, key, debit, credit, amount_minor, currency)
                    select 'charge', id::text, 'customer', 'shop', 6450, 'EUR' from orders.orders;
                insert into notifications.recipient (order_id) select id from orders.orders;
                insert into notifications.mail (order_id, outcome, state, happened_at)
                    select id, 'CONFIRMED', 'SENT', now() from orders.orders""");
        mail("1.eml", "<one@orderflow>");
    }

    @Test
    void rightBooksAreRight() throws Exception {
        assertThat(audit()).contains("The books are right.").doesNotContain("WRONG");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            insert into provider.journal values ('charge', 'again', 'customer', 'shop', 1, 'EUR') | captured less refunded = totals of confirmed orders
            set role payments_migrator; delete from provider.journal                                                         | captured less refunded = totals of confirmed orders
            update inventory.stock_item set on_hand = 3                                           | stock at the start + deliveries = on hand + sold
            update inventory.stock_item set on_hand = 3, sold = 4                                 | sold = lines of confirmed orders
            update inventory.stock_item set reserved = 1                                          | reserved = lines of open reservations
            insert into inventory.reservation (order_id, state, lines, version) select id, 'RESERVED', '[]', 1 from orders.orders | no final order holds stock
            insert into orders.idempotency_key (caller, operation, key, body_sha256, answer) values ('ada', 'place-order', 'k', '', '{"placement": "accepted", "id": "01890000-0000-7000-8000-000000000000"}') | every key that was accepted has its order
            delete from notifications.mail                                                        | a mail for each outcome is noted
            insert into notifications.parked (id, topic, partition, "offset", key, headers, sha256, reason, error, attempts) values (gen_random_uuid(), 'order_events', 0, 0, '', '{}', '', 'FAILED', '', 3) | nothing is parked in notifications
            """, quoteCharacter = '`')
    void spoiledBooksAreFoundWrong(String spoils, String equation) throws Exception {
        SQL.execute(spoils);

        assertThat(audit()).contains("WRONG  " + equation + ": ", "The books are WRONG.");
    }

    @Test
    void aMailTooManyOrTooFewIsFound() throws Exception {
        mail("2.eml", "<one@orderflow>");
        assertThat(audit()).contains("WRONG  no mail was sent twice: 0 and 1");

        mail("2.eml", "<two@orderflow>");
        assertThat(audit()).contains("WRONG  ... and reached the mail server: 1 and 2");
    }

    /** Who checks right after notifications has begun again would take what is not told yet for forgotten. */
    @Test
    void waitsForOutcomesOfWhichNobodyHasHeardYet() throws Exception {
        SQL.execute("delete from notifications.mail");
        Files.delete(mails.resolve("1.eml"));
        try (var checks = Executors.newVirtualThreadPerTaskExecutor()) {
            var said = checks.submit(() -> audit(Duration.ofMinutes(5)));
            await().until(() -> SQL.queryForObject("""
                    select count(*) from pg_stat_activity
                    where datname = current_database() and query like '%payment_status = ''REFUNDED''%'
                      and pid <> pg_backend_pid()""", Long.class) > 0);

            mail("1.eml", "<one@orderflow>");
            SQL.execute("""
                    insert into notifications.mail (order_id, outcome, state, happened_at)
                        select id, 'CONFIRMED', 'SENT', now() from orders.orders""");

            assertThat(said.get()).contains("The books are right.");
        }
    }

    private void mail(String file, String id) throws IOException {
        Files.writeString(mails.resolve(file), "From: shop\r\nMessage-ID: " + id + "\r\n\r\nhello");
    }

    private String audit() throws Exception {
        return audit(Duration.ZERO);
    }

    /** What the check prints, which agrees with its verdict. */
    private String audit(Duration patience) throws Exception {
        var said = new ByteArrayOutputStream();
        boolean right = new BooksCheck(
                        DATABASE.url(),
                        DATABASE.url() + "_of_nobody",
                        mails,
                        new ObjectMapper().readTree("{\"mug\": 4}"),
                        0,
                        patience)
                .run(new PrintStream(said, true, StandardCharsets.UTF_8));
        var text = said.toString(StandardCharsets.UTF_8);
        assertThat(text.contains("The books are right.")).as(text).isEqualTo(right);
        return text;
    }
}
