package io.orderflow.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.http.Audit;
import io.orderflow.messaging.Contradiction;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.orders.OrderRows.Entry;
import io.orderflow.orders.OrderRows.NewOrder;
import io.orderflow.orders.OrderRows.PricedLine;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders' unit of work. It claims keys, locks and loads what a batch of messages is about, lets {@link Decisions}
 * decide on one message after the other, each seeing what those before it changed, and writes the sum of the changes. A
 * batch of one is the same code.
 *
 * <p>Keys are claimed first, in their order, then orders are locked by id, so that batches wait for each other and
 * never in a circle.
 */
final class Orders implements UnitOfWork {

    private final OrderRows rows;
    private final Clock clock;
    private final OrderMetrics metrics;
    private final AwaitedOrders awaited;
    private final Audit audit;
    private final PerTransaction<LoadedOrders> loaded = new PerTransaction<>("orders");

    Orders(OrderRows rows, Clock clock, OrderMetrics metrics, AwaitedOrders awaited, Audit audit) {
        this.rows = rows;
        this.clock = clock;
        this.metrics = metrics;
        this.awaited = awaited;
        this.audit = audit;
    }

    /** Answers a wish for an order; accepts it once. */
    Placed placeOrder(PlaceOrder wish) {
        var earlier = loaded.get().earlier(wish);
        if (earlier != null) {
            return Placed.nothing(earlier);
        }
        var placement = loaded.get().answer(wish);
        return placement instanceof Placement.Accepted accepted ? accept(wish, accepted) : Placed.nothing(placement);
    }

    /**
     * Joins what payments and inventory say: {@code OrderConfirmed}, {@code OrderCancelled}, or null while there is
     * nothing to say.
     */
    Event joinAnswers(Event heard) {
        var order = loaded.get().order(heard.orderId());
        if (order == null) {
            throw new Contradiction(heard, "no such order", "one that was accepted");
        }
        var now = clock.instant();
        var decision = Decisions.hear(order, heard, now);
        if (!decision.order().equals(order)) {
            loaded.get().record(new Entry(order.id(), now, order.status(), nameOf(heard)));
        }
        return apply(decision, now);
    }

    /** Calls an order off because its customer wants it. */
    Cancellation cancelOrder(CancelOrder wish) {
        var order = loaded.get().order(wish.id());
        if (order == null || !order.customerId().equals(wish.caller().id())) {
            return Cancellation.ofUnknown();
        }
        var said = cancel(order, CancellationReason.CUSTOMER);
        return cancellation(wish.id(), said);
    }

    /** Calls an order off because an operator wants it, in its customer's place; his call is on record with it. */
    Cancellation callOffOrder(CallOff wish) {
        var order = loaded.get().order(wish.id());
        if (order == null) {
            return Cancellation.ofUnknown();
        }
        var now = clock.instant();
        var said = apply(Decisions.callOff(order, now), now);
        if (said != null) {
            loaded.get().record(wish.call().changing(order.status().name(), Status.CANCELLED.name()));
        }
        return cancellation(wish.id(), said);
    }

    private Cancellation cancellation(UUID id, Event said) {
        return new Cancellation(loaded.get().order(id), Stream.ofNullable(said).toList());
    }

    /** Calls an order off because it has waited too long; null where it is final by now. */
    Event passDeadline(DeadlinePassed passed) {
        var order = loaded.get().order(passed.id());
        return order == null ? null : cancel(order, CancellationReason.DEADLINE);
    }

    /** Lets notifications erase the names and addresses of customers to whom no mail is due any more. */
    List<ContactErased> eraseContacts(EraseContacts due) {
        var now = clock.instant();
        return loaded.get().erase().stream()
                .map(order -> contactErased(order, now, null))
                .toList();
    }

    /**
     * Lets notifications erase the customer of a settled order because an operator asks for it; his call is on record
     * with it.
     */
    Erasure forgetCustomer(ForgetCustomer wish) {
        var order = loaded.get().order(wish.id());
        if (order == null || !order.settled()) {
            return Erasure.nothing(order);
        }
        var from = loaded.get().eraseFrom(order);
        if (from != null) {
            return new Erasure(order, from, List.of());
        }
        if (!loaded.get().erase(order)) {
            return Erasure.nothing(order);
        }
        loaded.get().record(wish.call().changing("known", "erased"));
        return new Erasure(order, null, List.of(contactErased(order, clock.instant(), OrderCancelled.OPERATOR)));
    }

    private ContactErased contactErased(Order order, Instant now, String by) {
        var said = new ContactErased(order.id(), now);
        loaded.get().record(new Entry(order.id(), now, order.status(), nameOf(said), by));
        return said;
    }

    /**
     * Locks and loads, and prices the wishes, which is {@link #placeOrder}'s to decide: a key is claimed with its
     * answer by one statement for the batch. Claimed here and answered at the flush, every key's row is written twice,
     * and a batch of ten wishes takes three times as long in the database, one of fifty four times (measured, with the
     * orders and their histories). A price depends on the wish and the catalogue alone, so that it is the same at both
     * times.
     */
    @Override
    public void load(List<?> messages) {
        var wishes = of(PlaceOrder.class, messages).toList();
        var catalogue = rows.products(skus(wishes));
        Map<PlaceOrder, Placement> answers = new LinkedHashMap<>();
        wishes.forEach(wish -> answers.put(wish, Decisions.place(wish.id(), wish.request(), catalogue)));
        var earlier = rows.claim(answers);
        var orders = rows.lock(ids(messages));
        var toErase = of(EraseContacts.class, messages)
                .findFirst()
                .map(due -> rows.lockToErase(due.settledFor(), due.most()))
                .orElse(List.of());
        var reachable = rows.reachable(
                of(ForgetCustomer.class, messages).map(ForgetCustomer::id).toList(), ForgetCustomer.SETTLED_FOR);
        loaded.set(new LoadedOrders(catalogue, answers, earlier, orders, toErase, reachable));
    }

    @Override
    public void flush() {
        rows.add(loaded.get().added());
        rows.save(loaded.get().changed());
        rows.erased(loaded.get().erased());
        rows.record(loaded.get().entries());
        loaded.get().calls().forEach(call -> audit.write(call, Audit.DONE));
    }

    @Override
    public void committed() {
        metrics.count(loaded.get().added().size(), loaded.get().finished(), clock.instant());
        awaited.tell(loaded.get().changed());
    }

    @Override
    public void clear() {
        loaded.clear();
    }

    private Placed accept(PlaceOrder wish, Placement.Accepted accepted) {
        var now = clock.instant();
        var request = wish.request();
        var created = new OrderCreated(
                accepted.id(),
                now,
                wish.caller().id(),
                accepted.total(),
                request.lines().stream()
                        .map(line -> new io.orderflow.contracts.Line(line.sku(), line.quantity()))
                        .toList(),
                request.payment().token());
        var contact = new OrderContact(
                accepted.id(),
                now,
                request.customer().name(),
                EmailAddress.inAscii(request.customer().email()).orElseThrow());
        loaded.get().add(new NewOrder(accepted.id(), wish.caller().id(), accepted, priced(request)));
        loaded.get().record(new Entry(accepted.id(), now, Status.PENDING, nameOf(created)));
        return new Placed(accepted, List.of(created, contact));
    }

    private List<PricedLine> priced(OrderRequest request) {
        return request.lines().stream()
                .map(line ->
                        new PricedLine(line.sku(), line.quantity(), loaded.get().price(line.sku(), request.currency())))
                .toList();
    }

    private Event cancel(Order order, CancellationReason reason) {
        var now = clock.instant();
        return apply(Decisions.cancel(order, reason, now), now);
    }

    private Event apply(Decision decision, Instant now) {
        loaded.get().change(decision.order());
        var said = decision.says();
        if (said != null) {
            var by = said instanceof OrderCancelled cancelled ? cancelled.by() : null;
            loaded.get().record(new Entry(said.orderId(), now, decision.order().status(), nameOf(said), by));
        }
        return said;
    }

    private static String nameOf(Event event) {
        return Event.typeOf(event.getClass());
    }

    private static Set<String> skus(List<PlaceOrder> wishes) {
        return wishes.stream()
                .flatMap(wish -> wish.request().lines().stream())
                .map(OrderRequest.Line::sku)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<UUID> ids(List<?> messages) {
        var heard = of(Event.class, messages).map(Event::orderId);
        var wanted = of(CancelOrder.class, messages).map(CancelOrder::id);
        var calledOff = of(CallOff.class, messages).map(CallOff::id);
        var forgotten = of(ForgetCustomer.class, messages).map(ForgetCustomer::id);
        var late = of(DeadlinePassed.class, messages).map(DeadlinePassed::id);
        return Stream.of(heard, wanted, calledOff, forgotten, late)
                .flatMap(Function.identity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> Stream<T> of(Class<T> type, List<?> messages) {
        return messages.stream().filter(type::isInstance).map(type::cast);
    }
}
