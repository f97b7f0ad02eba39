package io.orderflow.messaging.counter;

import static io.orderflow.contracts.Role.INVENTORY;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.Work;
import io.orderflow.messaging.WorkHeaders;
import io.orderflow.messaging.assembly.MessagingModule;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The smallest participant: it plays inventory's part, notes each event that takes effect, answers a new order and asks
 * a worker for something when an order is confirmed. Tests tell it which orders to fail on.
 */
public final class Counter implements UnitOfWork {

    public final Set<UUID> poison = ConcurrentHashMap.newKeySet();
    public final AtomicReference<RuntimeException> away = new AtomicReference<>();

    /** What the process cannot go on with, outside every flow. */
    public final AtomicReference<Error> broken = new AtomicReference<>();

    public final ConcurrentLinkedQueue<Integer> batches = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Ask> carriedOut = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<Ask> called = new ConcurrentLinkedQueue<>();
    public final Map<UUID, CountDownLatch> heldCalls = new ConcurrentHashMap<>();
    public final Map<String, CountDownLatch> heldTexts = new ConcurrentHashMap<>();
    public final Semaphore failingWork = new Semaphore(0);
    public final Semaphore failingAnswers = new Semaphore(0);
    public final Set<UUID> unrecordable = ConcurrentHashMap.newKeySet();
    public final ConcurrentLinkedQueue<UUID> inDoubt = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<Thread> committed = new ConcurrentLinkedQueue<>();
    private final JdbcTemplate jdbc;

    Counter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public record Ask(UUID orderId) implements Work {}

    @Override
    public void load(List<?> messages) {
        batches.add(messages.size());
    }

    @Override
    public void flush() {}

    @Override
    public void committed() {
        committed.add(Thread.currentThread());
    }

    @Override
    public void clear() {
        var error = broken.get();
        if (error != null) {
            throw error;
        }
    }

    public Event handle(Event event) {
        var failure = away.get();
        if (failure != null) {
            throw failure;
        }
        jdbc.update(
                "insert into inventory.effect (order_id, type) values (?, ?)",
                event.orderId(),
                event.getClass().getSimpleName());
        if (poison.contains(event.orderId())) {
            throw new IllegalStateException("poisoned");
        }
        return switch (event) {
            case OrderCreated created -> new StockReserved(created.orderId(), created.occurredAt(), created.lines());
            case OrderCancelled cancelled -> new StockReleased(cancelled.orderId(), cancelled.occurredAt(), List.of());
            default -> null;
        };
    }

    public Ask ask(OrderConfirmed confirmed) {
        handle(confirmed);
        return new Ask(confirmed.orderId());
    }

    public Ask call(Ask ask, Map<String, Object> headers) {
        if ((boolean) headers.get(WorkHeaders.IN_DOUBT)) {
            inDoubt.add(ask.orderId());
        }
        if (failingWork.tryAcquire()) {
            throw new IllegalStateException("no answer");
        }
        called.add(ask);
        await(heldCalls.getOrDefault(ask.orderId(), new CountDownLatch(0)));
        return ask;
    }

    private static void await(CountDownLatch held) {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped", e);
        }
    }

    public Ask answered(Ask ask) {
        if (failingAnswers.tryAcquire()) {
            throw lostConnection();
        }
        if (unrecordable.remove(ask.orderId())) {
            throw new IllegalStateException("cannot be recorded");
        }
        jdbc.update("insert into inventory.effect (order_id, type) values (?, 'Answered')", ask.orderId());
        carriedOut.add(ask);
        return ask;
    }

    public String shared(String text) {
        if (text.startsWith("bad")) {
            throw new IllegalArgumentException(text);
        }
        await(heldTexts.getOrDefault(text, new CountDownLatch(0)));
        jdbc.update("insert into inventory.effect (order_id, type) values (?, ?)", UUID.randomUUID(), text);
        return text + "!";
    }

    /** Its module and routes. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(MessagingModule.class)
    public static class Module {

        @Bean
        public Counter counter(JdbcTemplate jdbc) {
            return new Counter(jdbc);
        }

        @Bean
        public Participant inventory(Counter counter, Environment settings) {
            var begins = settings.getProperty("counter.begins-with-what-comes", Boolean.class, false);
            return new Participant(
                    new ServiceModule() {
                        @Override
                        public Role role() {
                            return INVENTORY;
                        }

                        @Override
                        public boolean beginsWithWhatComes() {
                            return begins;
                        }
                    },
                    counter);
        }

        @Bean
        public RouteBuilder counterRoutes(Counter counter) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from(Participant.hears(INVENTORY, Topology.ORDER_EVENTS))
                            .routeId("inventory.order-events")
                            .choice()
                            .when(body().isInstanceOf(OrderConfirmed.class))
                            .transform()
                            .body(OrderConfirmed.class, counter::ask)
                            .to(Participant.work(INVENTORY, "ask"))
                            .otherwise()
                            .transform()
                            .body(Event.class, counter::handle)
                            .to(Participant.says(INVENTORY, Topology.INVENTORY_EVENTS));
                    from(Participant.work(INVENTORY, "ask"))
                            .routeId("inventory.ask")
                            .transform()
                            .body(Ask.class, counter::call)
                            .to(Participant.transaction(INVENTORY, "answers"));
                    from(Participant.transaction(INVENTORY, "answers"))
                            .routeId("inventory.record-answer")
                            .transform()
                            .body(Ask.class, counter::answered);
                    from(Participant.transaction(INVENTORY, "shared"))
                            .routeId("inventory.shared")
                            .transform()
                            .body(String.class, counter::shared);
                }
            };
        }
    }

    /** What a lost connection looks like. */
    public static RuntimeException lostConnection() {
        return new org.springframework.dao.DataAccessResourceFailureException(
                "gone", new SQLException("connection lost", "08006"));
    }
}
