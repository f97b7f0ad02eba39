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
import io.orderflow.messaging.MessagingModule;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.MockEndpoints;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            "spring.flyway.enabled=false",
            "spring.jmx.enabled=false",
            "orderflow.payments.refund-attempts=2",
            "orderflow.payments.refund-pause=100ms"
        })
class PaymentsModuleTest {

    private static final Money TOTAL = new Money(2580, "EUR");

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

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @Autowired
    void held(PaymentProvider provider) {
        this.provider = (HeldProvider) provider;
    }

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
                        "payments.watch-refunds",
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
        await().until(() -> workOf(order) == 0);
        assertThat(kept(order)).isZero();
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

    private void tell(Event event) {
        producer.requestBody(Participant.hears(Role.PAYMENTS, Topology.ORDER_EVENTS), event);
    }

    private OrderCreated created(String token) {
        return created(order, token);
    }

    private static OrderCreated created(UUID order, String token) {
        return new OrderCreated(order, Instant.now(), "ada", TOTAL, List.of(new Line("mug", 2)), token);
    }

    private OrderCancelled cancelled() {
        return cancelled(order);
    }

    private static OrderCancelled cancelled(UUID order) {
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

    private long workOf(UUID order) {
        return jdbc.queryForObject("select count(*) from payments.work where order_id = ?", Long.class, order);
    }

    private double failing() {
        return meters.get("payments.refund.failed").gauge().value();
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
