package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.MockEndpoints;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Payments as it is wired: its routes, its rows, its workers and the simulated provider, on a real database. */
@CamelSpringBootTest
@MockEndpoints("outbox:*")
@SpringBootTest(
        classes = PaymentsModuleTest.App.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.jmx.enabled=false",
            "orderflow.payments.refund-attempts=2",
            "orderflow.payments.refund-pause=100ms"
        })
class PaymentsModuleTest {

    static final Money TOTAL = new Money(2580, "EUR");

    @EnableAutoConfiguration
    @Import({MessagingModule.class, PaymentsModule.class})
    static class App {

        @Bean
        static BeanPostProcessor heldProvider() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof PaymentProvider provider ? new HeldProvider(provider) : bean;
                }
            };
        }
    }

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
    MeterRegistry meters;

    @Autowired
    List<Retention> retentions;

    @EndpointInject("mock:outbox:payments.payment_events")
    MockEndpoint said;

    private HeldProvider provider;

    private final UUID order = UUID.randomUUID();

    @Autowired
    void held(PaymentProvider provider) {
        this.provider = (HeldProvider) provider;
    }

    @Test
    void itsRoutesAreTheOnesOfTheDrawing() {
        var routes = new ArrayList<>(furtherRoutes());
        routes.addAll(List.of(
                "payments.order-events",
                "payments.request-charge",
                "payments.charge-order",
                "payments.record-charge",
                "payments.request-undo",
                "payments.undo-charge",
                "payments.record-undo",
                "payments.watch-refunds",
                "payments.order-events.adapter"));
        assertThat(camel.getRoutes())
                .extracting(route -> route.getRouteId())
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void eachTokenEndsAsItSays() {
        var ends = Map.of(
                "tok_visa", Payment.State.CAPTURED,
                "tok_declined", Payment.State.DECLINED,
                "tok_slow", Payment.State.CAPTURED,
                "tok_timeout_charged", Payment.State.CAPTURED,
                "tok_timeout_not_charged", Payment.State.CAPTURED,
                "tok_unheard_of", Payment.State.DECLINED,
                "tok_late_refusal", Payment.State.DECLINED,
                "tok_answered_twice", Payment.State.CAPTURED,
                "tok_garbage", Payment.State.CAPTURED,
                "tok_unavailable", Payment.State.CAPTURED);
        var orders = orderWithEach(ends.keySet());

        ends.forEach((token, end) -> {
            var id = orders.get(token);
            await(token).until(() -> state(id).equals(Optional.of(end)));
            assertThat(kept(id)).as(token).isEqualTo(end == Payment.State.CAPTURED ? TOTAL.amountMinor() : 0);
        });
    }

    @Test
    void aChargeThatIsKnownIsUndone() {
        var ends = Map.of(
                "tok_visa", Payment.State.REFUNDED,
                "tok_declined", Payment.State.VOIDED,
                "tok_timeout_charged", Payment.State.REFUNDED,
                "tok_garbage", Payment.State.REFUNDED,
                "tok_late_refusal", Payment.State.VOIDED,
                "tok_refund_fails_twice", Payment.State.REFUNDED);
        var orders = orderWithEach(ends.keySet());
        orders.forEach((token, id) -> await(token).until(() -> state(id)
                .filter(state -> state != Payment.State.REQUESTED)
                .isPresent()));

        orders.values().forEach(id -> tell(cancelled(id)));

        ends.forEach((token, end) -> {
            var id = orders.get(token);
            await(token).until(() -> state(id).equals(Optional.of(end)));
            assertThat(kept(id)).as(token).isZero();
        });
    }

    @Test
    void aChargeOfWhichNobodyKnowsIsUndone() {
        var orders = orderWithEach(Set.of(
                "tok_visa",
                "tok_slow",
                "tok_timeout_charged",
                "tok_timeout_not_charged",
                "tok_answered_twice",
                "tok_garbage",
                "tok_unavailable"));
        orders.values().forEach(id -> tell(cancelled(id)));

        orders.forEach((token, id) -> {
            await(token).until(() -> state(id)
                    .filter(state -> state == Payment.State.REFUNDED || state == Payment.State.VOIDED)
                    .isPresent());
            await(token).until(() -> workOf(id) == 0);
            assertThat(kept(id)).as(token).isZero();
        });
    }

    private Map<String, UUID> orderWithEach(Set<String> tokens) {
        var orders = new HashMap<String, UUID>();
        for (var token : tokens) {
            orders.put(token, UUID.randomUUID());
            tell(created(orders.get(token), token));
        }
        return orders;
    }

    @Test
    void aWorkerThatIsPausedBetweenClaimAndCallChargesNothingOnceTheOrderIsCancelled() throws Exception {
        var gate = provider.hold("charge-" + order);
        tell(created("tok_visa"));
        gate.awaitWorker();

        tell(cancelled());
        await().until(() -> state(order).equals(Optional.of(Payment.State.VOIDED)));
        gate.goOn();

        await().until(() -> workOf(order) == 0);
        assertThat(kept(order)).isZero();
        assertThat(state(order)).contains(Payment.State.VOIDED);
        assertThat(said(order)).containsExactly(PaymentVoided.class);
    }

    @Test
    void manyCancellationsThatMeetTheirChargesEndWithoutMoneyAndWithOneAnswerEach() {
        var orders = Stream.generate(UUID::randomUUID).limit(40).toList();

        orders.forEach(id -> tell(created(id, "tok_visa")));
        orders.forEach(id -> tell(cancelled(id)));

        for (var id : orders) {
            await().until(() -> workOf(id) == 0);
            assertThat(kept(id)).isZero();
            assertThat(said(id))
                    .filteredOn(type -> type == PaymentRefunded.class || type == PaymentVoided.class)
                    .hasSize(1);
        }
    }

    @Test
    void eventsThatComeAgainChangeNothing() {
        for (int i = 0; i < 2; i++) {
            tell(created("tok_visa"));
            await().until(() -> workOf(order) == 0);
        }
        for (int i = 0; i < 2; i++) {
            tell(cancelled());
            await().until(() -> workOf(order) == 0);
        }

        assertThat(said(order)).containsExactly(PaymentCompleted.class, PaymentRefunded.class);
        assertThat(kept(order)).isZero();
    }

    @Test
    void aRefundThatKeepsFailingIsAnAlarmUntilItWorks() {
        tell(created("tok_refund_fails_twice"));
        await().until(() -> workOf(order) == 0);
        provider.fail("refund-" + order);

        tell(cancelled());
        await().until(() -> state(order).equals(Optional.of(Payment.State.REFUND_FAILED)));
        await().until(() -> failing() >= 1);
        assertThat(said(order)).containsExactly(PaymentCompleted.class);

        provider.work("refund-" + order);
        await().until(() -> state(order).equals(Optional.of(Payment.State.REFUNDED)));
        await().until(() -> failing() == 0);
        assertThat(said(order)).containsExactly(PaymentCompleted.class, PaymentRefunded.class);
        assertThat(kept(order)).isZero();
    }

    @Test
    void forgetsFinishedPaymentsAndNoOthers() {
        List<UUID> kept = new ArrayList<>();
        for (var state : Payment.State.values()) {
            var id = remember(state, "401 days");
            if (state == Payment.State.REQUESTED
                    || state == Payment.State.UNDOING
                    || state == Payment.State.REFUND_FAILED) {
                kept.add(id);
            }
        }
        kept.add(remember(Payment.State.CAPTURED, "399 days"));

        retentions.forEach(retention ->
                jdbc.update(retention.sql(), Timestamp.from(Instant.now().minus(retention.age())), 100));

        assertThat(jdbc.queryForList(
                        "select order_id from payments.payment where updated_at < now() - interval '1 day'",
                        UUID.class))
                .containsExactlyInAnyOrderElementsOf(kept);
        jdbc.update("delete from payments.payment where updated_at < now() - interval '1 day'");
    }

    private UUID remember(Payment.State state, String age) {
        var id = UUID.randomUUID();
        jdbc.update(
                "insert into payments.payment values (?, ?, 2580, 'EUR', now() - ?::interval)", id, state.name(), age);
        return id;
    }

    void tell(Event event) {
        producer.requestBody(Participant.hears(Role.PAYMENTS, Topology.ORDER_EVENTS), event);
    }

    OrderCreated created(String token) {
        return created(order, token);
    }

    static OrderCreated created(UUID order, String token) {
        return new OrderCreated(order, Instant.now(), "ada", TOTAL, List.of(new Line("mug", 2)), token);
    }

    private OrderCancelled cancelled() {
        return cancelled(order);
    }

    static OrderCancelled cancelled(UUID order) {
        return new OrderCancelled(order, Instant.now(), CancellationReason.CUSTOMER);
    }

    /** What was committed about an order, in its order. */
    private List<Class<?>> said(UUID order) {
        List<Class<?>> types = new ArrayList<>();
        for (var exchange : said.getReceivedExchanges()) {
            if (exchange.getMessage().getBody() instanceof Event event
                    && event.orderId().equals(order)) {
                types.add(event.getClass());
            }
        }
        return types;
    }

    long workOf(UUID order) {
        return jdbc.queryForObject("select count(*) from payments.work where order_id = ?", Long.class, order);
    }

    private double failing() {
        return meters.get("payments.refund.failed").gauge().value();
    }

    Optional<Payment.State> state(UUID order) {
        return jdbc
                .query(
                        "select state from payments.payment where order_id = ?",
                        (row, number) -> Payment.State.valueOf(row.getString(1)),
                        order)
                .stream()
                .findFirst();
    }

    /** The database with the provider's books. */
    JdbcTemplate books() {
        return jdbc;
    }

    /** Routes that are there besides those of every adapter. */
    List<String> furtherRoutes() {
        return List.of();
    }

    long kept(UUID order) {
        return books().queryForObject("""
                select coalesce(sum(case debit when 'customer' then amount_minor else -amount_minor end), 0)
                from provider.journal where key in (?, ?)""", Long.class, "charge-" + order, "refund-" + order);
    }
}
