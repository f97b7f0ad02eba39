package io.orderflow.orders;

import static io.orderflow.contracts.Role.ORDERS;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.http.Audit;
import io.orderflow.http.AuditedTransaction;
import io.orderflow.http.Idempotency;
import io.orderflow.http.JpaReads;
import io.orderflow.messaging.Duty;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.Standing;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.component.jpa.DefaultTransactionStrategy;
import org.apache.camel.component.jpa.JpaComponent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders as a part of an application. */
@Configuration(proxyBeanMethods = false)
@Import(JpaReads.class)
@EnableConfigurationProperties(OrdersSettings.class)
@EntityScan(basePackageClasses = OrderEntity.class)
public class OrdersModule implements ServiceModule {

    /** How long the instance that looks for passed deadlines does so alone, unless it goes on. */
    static final Duration DEADLINES_LEASE = Duration.ofSeconds(15);

    private static final int CONTACTS_OF_A_TRANSACTION = 2_000;

    @Override
    public Role role() {
        return ORDERS;
    }

    @Override
    public boolean servesHttp() {
        return true;
    }

    @Override
    public List<String> publicPaths() {
        return List.of("/orders", "/products");
    }

    @Bean
    Participant orders(Orders orders) {
        return new Participant(this, orders);
    }

    @Bean
    Orders orderBook(JdbcTemplate jdbc, Clock clock, MeterRegistry meters, AwaitedOrders awaitedOrders, Audit audit) {
        var rows = new JdbcOrderRows(jdbc, new Idempotency(jdbc, ORDERS));
        return new Orders(rows, clock, new OrderMetrics(meters), awaitedOrders, audit);
    }

    @Bean
    OrderStates orderStates(JdbcTemplate jdbc) {
        return new JdbcOrderStates(jdbc);
    }

    @Bean
    Standing standing() {
        return new Standing(ORDERS, JdbcOrderStates.STANDINGS);
    }

    @Bean
    AwaitedOrders awaitedOrders(OrderStates orderStates) {
        return new AwaitedOrders(orderStates);
    }

    @Bean
    JdbcOpenOrders openOrders(JdbcTemplate jdbc) {
        return new JdbcOpenOrders(jdbc);
    }

    @Bean
    Deadlines deadlines(
            Leases leases, Progress progress, Parking parking, OpenOrders openOrders, OrdersSettings settings) {
        return new Deadlines(
                new Duty(leases, ORDERS, "deadlines", DEADLINES_LEASE),
                progress,
                ids -> parking.parkedOrders(ORDERS, ids),
                openOrders,
                settings.deadline());
    }

    @Bean
    SagaWatch sagaWatch(OpenOrders openOrders, OrdersSettings settings, MeterRegistry meters) {
        return new SagaWatch(
                openOrders, settings.deadline().plus(settings.unsettledAfter()), settings.unsettledAfter(), meters);
    }

    @Bean
    OrdersRoutes ordersRoutes(
            Orders orders, Deadlines deadlines, OrdersSettings settings, Limits limits, SagaWatch watch) {
        return new OrdersRoutes(OrdersChannels.declared(), orders, deadlines, erasure(settings, limits), watch);
    }

    /** Not while an event may still come that is worth a mail. */
    static EraseContacts erasure(OrdersSettings settings, Limits limits) {
        return new EraseContacts(
                limits.outlivingInbox("orderflow.orders.contact-retention", settings.contactRetention()),
                CONTACTS_OF_A_TRANSACTION);
    }

    @Bean
    OrdersApi ordersApi(JdbcTemplate jdbc, AwaitedOrders awaitedOrders) {
        var keys = OrderKeys.in(new Idempotency(jdbc, ORDERS));
        return new OrdersApi(OrdersChannels.declared(), OrdersQueries.declared(), keys, awaitedOrders);
    }

    @Bean
    AnyOrderApi anyOrderApi() {
        return new AnyOrderApi(OrdersChannels.declared(), OrdersQueries.declared());
    }

    @Bean
    CatalogueApi catalogueApi(EntityManagerFactory entities, Audit audit) {
        var transactions = new TransactionTemplate(new JpaTransactionManager(entities));
        return new CatalogueApi(OrdersQueries.declared(), new AuditedTransaction(transactions, audit));
    }

    /**
     * Orders with their lines and histories, once nothing is owed to anybody, no event of theirs can come any more, and
     * their customers' addresses are erased: who forgets the order cannot say that any more.
     */
    @Bean
    Retention finishedOrders(OrdersSettings settings, Limits limits) {
        return new Retention(
                ORDERS,
                "finished orders",
                limits.outlivingInbox("orderflow.orders.order-retention", settings.orderRetention()),
                JdbcOrderRows.FORGET_ORDERS);
    }

    @Bean
    Retention placementKeys(OrdersSettings settings) {
        return new Retention(ORDERS, "idempotency keys", settings.keyRetention(), JdbcOrderRows.FORGET_KEYS);
    }

    /**
     * camel-jpa for changes of the catalogue, in transactions of JPA's own. All else runs in those of
     * {@code transactionManager}, which knows no persistence context.
     */
    @Bean("jpa-write-component")
    JpaComponent jpaWriteComponent(EntityManagerFactory entities) {
        var component = new JpaComponent();
        component.setEntityManagerFactory(entities);
        component.setTransactionStrategy(new DefaultTransactionStrategy(null, entities));
        return component;
    }
}
