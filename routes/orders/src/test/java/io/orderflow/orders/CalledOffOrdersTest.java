package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.http.Call;
import io.orderflow.http.Caller;
import io.orderflow.http.fixture.AuditInMemory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What operators do to orders, whoever's they are, is on record with what it changes. */
class CalledOffOrdersTest {

    private static final UUID ID = new UUID(0, 1);
    private static final OrderCancelled BY_OPERATOR =
            new OrderCancelled(ID, Told.NOW, CancellationReason.CUSTOMER, "operator");

    private final OrdersInMemory rows = new OrdersInMemory();
    private final AuditInMemory audit = new AuditInMemory();
    private final Orders orders = new Orders(
            rows,
            Told.CLOCK,
            new OrderMetrics(new SimpleMeterRegistry()),
            new AwaitedOrders(new OrderStatesInMemory()),
            audit);

    @Test
    void callsAnyOrderOffOnceInItsCustomersPlace() {
        rows.with(Told.pending(ID));
        var wish = wish();

        var first = callOff(wish);
        var again = callOff(wish());

        assertThat(first.events()).containsExactly(BY_OPERATOR);
        assertThat(again).isEqualTo(new Cancellation(first.order(), List.of()));
        assertThat(rows.history)
                .containsExactly(new OrderRows.Entry(ID, Told.NOW, Status.CANCELLED, "OrderCancelled", "operator"));
        assertThat(audit.written())
                .containsExactly(new AuditInMemory.Written(wish.call().changing("PENDING", "CANCELLED"), "DONE"));
    }

    @Test
    void leavesWhatIsFinalAsItIsAndOnNoRecordOfChanges() {
        rows.with(Told.pending(ID).cancelled(CancellationReason.DEADLINE));

        var cancellation = callOff(wish());

        assertThat(cancellation.events()).isEmpty();
        assertThat(cancellation.order().reason()).isEqualTo(CancellationReason.DEADLINE);
        assertThat(audit.written()).isEmpty();
    }

    @Test
    void knowsWhichOrderThereIsNot() {
        assertThat(callOff(wish())).isEqualTo(Cancellation.ofUnknown());
    }

    /** Nobody else did it in his place. */
    @Test
    void namesNobodyWhereTheCustomerCallsItOff() {
        rows.with(Told.pending(ID));
        var wish = new CancelOrder(ID, Told.ADA);

        orders.load(List.of(wish));
        var said = orders.cancelOrder(wish).events();
        orders.flush();
        orders.clear();

        assertThat(said).containsExactly(new OrderCancelled(ID, Told.NOW, CancellationReason.CUSTOMER));
        assertThat(rows.history).extracting(OrderRows.Entry::by).containsOnlyNulls();
        assertThat(audit.written()).isEmpty();
    }

    @Test
    void hasTheCustomerOfASettledOrderForgottenOnce() {
        rows.with(Told.pending(ID).confirmed());
        var wish = new ForgetCustomer(ID, call());

        var first = forget(wish);
        var again = forget(new ForgetCustomer(ID, call()));

        assertThat(first.events()).containsExactly(new ContactErased(ID, Told.NOW));
        assertThat(again).isEqualTo(Erasure.nothing(first.order()));
        assertThat(rows.erased).containsExactly(ID);
        assertThat(rows.history)
                .containsExactly(new OrderRows.Entry(ID, Told.NOW, Status.CONFIRMED, "ContactErased", "operator"));
        assertThat(audit.written())
                .containsExactly(new AuditInMemory.Written(wish.call().changing("known", "erased"), "DONE"));
    }

    @Test
    void forgetsACustomerOnceWhomTwoWishesOfOneBatchAreAbout() {
        rows.with(Told.pending(ID).confirmed());
        var wishes = List.of(new ForgetCustomer(ID, call()), new ForgetCustomer(ID, call()));

        orders.load(wishes);
        var said = wishes.stream()
                .flatMap(wish -> orders.forgetCustomer(wish).events().stream())
                .toList();
        orders.flush();
        orders.clear();

        assertThat(said).hasSize(1);
    }

    /** His contact may still be in the memory of an instance that hangs, and what he is to be told under way. */
    @Test
    void keepsTheCustomerOfAnOrderThatIsSettledOnlyNow() {
        rows.with(Told.pending(ID).confirmed());
        rows.settledFor.put(ID, Duration.ofMinutes(14));

        var early = forget(new ForgetCustomer(ID, call()));

        assertThat(early.from()).isEqualTo(Told.EARLIER.plusSeconds(60));
        assertThat(early.events()).isEmpty();
        assertThat(rows.erased).isEmpty();
        assertThat(audit.written()).isEmpty();

        rows.settledFor.put(ID, Duration.ofMinutes(15));
        assertThat(forget(new ForgetCustomer(ID, call())).events()).hasSize(1);
    }

    @Test
    void keepsTheCustomerToWhomSomethingIsStillOwed() {
        rows.with(Told.pending(ID).cancelled(CancellationReason.CUSTOMER));

        assertThat(forget(new ForgetCustomer(ID, call())).events()).isEmpty();
        assertThat(rows.erased).isEmpty();
        assertThat(audit.written()).isEmpty();
    }

    private Erasure forget(ForgetCustomer wish) {
        try {
            orders.load(List.of(wish));
            var erasure = orders.forgetCustomer(wish);
            orders.flush();
            return erasure;
        } finally {
            orders.clear();
        }
    }

    private Cancellation callOff(CallOff wish) {
        try {
            orders.load(List.of(wish));
            var cancellation = orders.callOffOrder(wish);
            orders.flush();
            return cancellation;
        } finally {
            orders.clear();
        }
    }

    private static CallOff wish() {
        return new CallOff(ID, call());
    }

    private static Call call() {
        return new Call(
                UUID.randomUUID(),
                new Caller("eve"),
                Set.of("operator.cancel"),
                "orders",
                "orders.take-call-off",
                "/ops/orders/" + ID + "/cancellation");
    }
}
