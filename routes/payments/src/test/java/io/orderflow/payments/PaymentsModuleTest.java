package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.MessagingModule;
import io.orderflow.messaging.Participant;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Payments as it is wired: its routes, its rows, its workers and the simulated provider, on a real database. */
@CamelSpringBootTest
@SpringBootTest(
        classes = PaymentsModuleTest.App.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.flyway.enabled=false",
            "spring.jmx.enabled=false",
            "orderflow.payments.refund-attempts=2",
            "orderflow.payments.refund-pause=100ms"
        })
class PaymentsModuleTest {

    private static final Money TOTAL = new Money(2580, "EUR");

    @EnableAutoConfiguration
    @Import({MessagingModule.class, PaymentsModule.class})
    static class App {}

    @DynamicPropertySource
    static void place(DynamicPropertyRegistry registry) {
        var database = Postgres.shared().freshDatabase();
        var prefix = "payments-" + UUID.randomUUID() + "-";
        Broker.shared().createTopics(Topology.ORDERFLOW, prefix, 1);
        registry.add("spring.datasource.url", database::url);
        registry.add("spring.datasource.username", database::user);
        registry.add("orderflow.messaging.brokers", Broker.shared()::address);
        registry.add("orderflow.messaging.prefix", () -> prefix);
    }

    @Autowired
    CamelContext camel;

    @Autowired
    ProducerTemplate producer;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PaymentProvider provider;

    @Autowired
    PlatformTransactionManager transactions;

    private final UUID order = UUID.randomUUID();

    @Test
    void itsRoutesAreTheOnesOfTheDrawing() {
        assertThat(camel.getRoutes())
                .extracting(route -> route.getRouteId())
                .containsExactlyInAnyOrder(
                        "payments.order-events",
                        "payments.request-charge",
                        "payments.charge-order",
                        "payments.record-charge",
                        "payments.request-undo",
                        "payments.undo-charge",
                        "payments.record-undo",
                        "payments.order-events.adapter");
    }

    @ParameterizedTest
    @CsvSource({
        "tok_visa, CAPTURED, 2580",
        "tok_declined, DECLINED, 0",
        "tok_slow, CAPTURED, 2580",
        "tok_timeout_charged, CAPTURED, 2580",
        "tok_timeout_not_charged, CAPTURED, 2580",
        "tok_unheard_of, DECLINED, 0"
    })
    void eachTokenEndsAsItSays(String token, Payment.State state, long kept) {
        tell(created(token));

        await().until(() -> state(order).equals(Optional.of(state)));
        assertThat(kept(order)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "tok_visa, REFUNDED",
        "tok_declined, VOIDED",
        "tok_timeout_charged, REFUNDED",
        "tok_refund_fails_twice, REFUNDED"
    })
    void aChargeThatIsKnownIsUndone(String token, Payment.State end) {
        tell(created(token));
        await().until(() ->
                state(order).filter(state -> state != Payment.State.REQUESTED).isPresent());

        tell(cancelled());

        await().until(() -> state(order).equals(Optional.of(end)));
        assertThat(kept(order)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"tok_visa", "tok_slow", "tok_timeout_charged", "tok_timeout_not_charged"})
    void aChargeOfWhichNobodyKnowsIsUndone(String token) {
        tell(created(token));
        tell(cancelled());

        await().until(() -> state(order)
                .filter(state -> state == Payment.State.REFUNDED || state == Payment.State.VOIDED)
                .isPresent());
        await().until(() ->
                jdbc.queryForObject("select count(*) from payments.work where order_id = ?", Long.class, order) == 0);
        assertThat(kept(order)).isZero();
    }

    @Test
    void ofAChargeAndItsFenceWhicheverComesFirstDecides() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 30; round++) {
                var key = "race-" + UUID.randomUUID();
                List<Callable<Object>> calls = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    calls.add(() -> provider.charge(key, TOTAL, "tok_visa"));
                    calls.add(() -> provider.fence(key));
                }
                var answers = new ArrayList<>();
                for (var future : threads.invokeAll(calls)) {
                    answers.add(future.get());
                }

                boolean captured = answers.contains(new PaymentProvider.ChargeAnswer.Captured());
                assertThat(answers.contains(new PaymentProvider.ChargeAnswer.Fenced()))
                        .isNotEqualTo(captured);
                assertThat(provider.fence(key)).isEqualTo(captured ? Optional.of(TOTAL) : Optional.empty());
            }
        }
    }

    @Test
    void theJournalIsAppendOnlyAndItsKeysAreUnique() {
        provider.charge("books-" + order, TOTAL, "tok_visa");
        provider.charge("books-" + order, TOTAL, "tok_visa");
        provider.refund("back-" + order, "books-" + order, TOTAL);
        provider.refund("back-" + order, "books-" + order, TOTAL);

        assertThat(jdbc.queryForObject(
                        "select count(*) from provider.journal where key in (?, ?)",
                        Long.class,
                        "books-" + order,
                        "back-" + order))
                .isEqualTo(2);
        assertThatThrownBy(() -> jdbc.update("update provider.journal set amount_minor = 0"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.update("delete from provider.journal")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void theProviderIsNeverCalledInsideATransaction() {
        assertThatThrownBy(() -> new TransactionTemplate(transactions)
                        .executeWithoutResult(status -> provider.charge("inside-" + order, TOTAL, "tok_visa")))
                .hasMessageContaining("by a worker");
    }

    private void tell(Event event) {
        producer.requestBody(Participant.hears(Role.PAYMENTS, Topology.ORDER_EVENTS), event);
    }

    private OrderCreated created(String token) {
        return new OrderCreated(order, Instant.now(), "ada", TOTAL, List.of(new Line("mug", 2)), token);
    }

    private OrderCancelled cancelled() {
        return new OrderCancelled(order, Instant.now(), CancellationReason.CUSTOMER);
    }

    private Optional<Payment.State> state(UUID order) {
        return jdbc
                .query(
                        "select state from payments.payment where order_id = ?",
                        (row, number) -> Payment.State.valueOf(row.getString(1)),
                        order)
                .stream()
                .findFirst();
    }

    private long kept(UUID order) {
        return jdbc.queryForObject("""
                select coalesce(sum(case debit when 'customer' then amount_minor else -amount_minor end), 0)
                from provider.journal where key in (?, ?)""", Long.class, "charge-" + order, "refund-" + order);
    }
}
