package io.orderflow.orders;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Role;
import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.messaging.Duty;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.ModelTime;
import io.orderflow.messaging.model.Modelled;
import io.orderflow.messaging.model.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.RoutesBuilder;

/** Orders as the model runs it. */
public final class OrdersModel implements Modelled {

    /** The one article and its price. */
    public static final String SKU = "MUG";

    public static final long PRICE_MINOR = 1290;

    private static final Caller CUSTOMER = new Caller("ada");

    private final OrdersInMemory rows;
    private final Clock database;
    private final Orders orders;
    private final RoutesBuilder routes;

    public OrdersModel(ModelTime time, Progress progress, Leases leases, World.Parking parking, Duration deadline) {
        database = time;
        var meters = new SimpleMeterRegistry();
        var open = new Open();
        rows = new OrdersInMemory(time::instant).selling(SKU, PRICE_MINOR);
        orders = new Orders(
                rows,
                time.of(Role.ORDERS),
                new OrderMetrics(meters),
                new AwaitedOrders(new OrderStatesInMemory()),
                (call, result) -> {});
        routes = new OrdersRoutes(
                OrdersChannels.declared(),
                orders,
                new Deadlines(
                        new Duty(leases, Role.ORDERS, "deadlines", OrdersModule.DEADLINES_LEASE),
                        progress,
                        ids -> parking.parkedOrders(Role.ORDERS),
                        open,
                        deadline),
                new EraseContacts(Duration.ofDays(30), 200),
                new SagaWatch(open, deadline, deadline, meters));
    }

    @Override
    public Role role() {
        return Role.ORDERS;
    }

    @Override
    public RoutesBuilder routes() {
        return routes;
    }

    @Override
    public List<UnitOfWork> units() {
        return List.of(orders);
    }

    @Override
    public Kept rows() {
        return rows;
    }

    @Override
    public List<String> timers() {
        return List.of("orders.scan-deadlines");
    }

    /** What a customer sends to order so many, to {@code place-order}. */
    public static Object toPlace(UUID id, String key, int quantity, String token) {
        return new PlaceOrder(
                id,
                CUSTOMER,
                new IdempotencyKey(key),
                key,
                new OrderRequest(
                        "EUR",
                        new OrderRequest.Customer("Ada", "ada@example.org"),
                        Arrays.asList(new OrderRequest.Line(SKU, quantity)),
                        new OrderRequest.Payment(token)));
    }

    /** The order that was accepted, by what {@code place-order} has answered. */
    public static UUID accepted(Object answer) {
        return ((Placement.Accepted) ((Placed) answer).placement()).id();
    }

    /** What a customer sends to call an order off, to {@code cancel-order}. */
    public static Object toCancel(UUID order) {
        return new CancelOrder(order, CUSTOMER);
    }

    /**
     * An order as it stands.
     *
     * @param finalAt by the database's clock; null while it is pending
     */
    public record Seen(
            UUID id, String status, CancellationReason reason, boolean settled, Instant createdAt, Instant finalAt) {}

    /** All orders that were accepted. */
    public List<Seen> orders() {
        return rows.orders.values().stream()
                .map(one -> new Seen(
                        one.id(),
                        one.status().name(),
                        one.reason(),
                        one.settled(),
                        one.createdAt(),
                        rows.finalAt.get(one.id())))
                .sorted(Comparator.comparing(Seen::id))
                .toList();
    }

    public Optional<Seen> order(UUID id) {
        return orders().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The steps of an order's life, for example {@code OrderCreated PENDING}. */
    public List<String> history(UUID order) {
        return rows.history(order);
    }

    /** Open orders among the rows. */
    private final class Open implements OpenOrders {

        private static final Comparator<Pending> OLDEST_FIRST =
                Comparator.comparing(Pending::createdAt).thenComparing(Pending::id);

        private List<Pending> pending() {
            return rows.orders.values().stream()
                    .filter(order -> order.status() == Status.PENDING)
                    .map(order -> new Pending(order.id(), order.createdAt()))
                    .sorted(OLDEST_FIRST)
                    .toList();
        }

        @Override
        public boolean anyPendingFor(Duration time) {
            var latest = database.instant().minus(time);
            return pending().stream().anyMatch(one -> !one.createdAt().isAfter(latest));
        }

        @Override
        public List<Pending> pendingSince(Instant moment, Pending after, int limit) {
            return pending().stream()
                    .filter(one -> !one.createdAt().isAfter(moment))
                    .filter(one -> after == null || OLDEST_FIRST.compare(one, after) > 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Counts count(Duration stuckAfter, Duration unsettledAfter, int limit) {
            return Counts.NONE;
        }
    }
}
