package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.messaging.WorkHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes when, and however often: the money is right and each cancellation is answered once. */
class ArrivalOrdersTest {

    private final UUID order = UUID.randomUUID();
    private static final Money TOTAL = new Money(2580, "EUR");
    private static final PaymentsSettings SETTINGS =
            new PaymentsSettings("simulated", 3, Duration.ofMinutes(5), Duration.ofDays(400), null);

    private final PaymentsInMemory rows = new PaymentsInMemory();
    private final TestedProvider provider = provider();
    private final Payments payments = new Payments(rows, Clock.systemUTC(), SETTINGS);
    private final Cashier cashier = new Cashier(provider, SETTINGS);
    private final List<Event> said = new ArrayList<>();
    private final List<Object> work = new ArrayList<>();

    /** Who moves the money here. */
    TestedProvider provider() {
        return new ProviderInMemory();
    }

    private enum Arrival {
        CREATED,
        CANCELLED,
        A_WORKER
    }

    static Stream<Arguments> arrivals() {
        return arrivals(6);
    }

    static Stream<Arguments> arrivals(int longest) {
        List<Arguments> all = new ArrayList<>();
        for (int length = 1; length <= longest; length++) {
            for (int number = 0; number < Math.pow(3, length); number++) {
                List<Arrival> arrivals = new ArrayList<>();
                for (int rest = number, i = 0; i < length; i++, rest /= 3) {
                    arrivals.add(Arrival.values()[rest % 3]);
                }
                all.add(Arguments.of(arrivals));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("arrivals")
    void everyArrivalOrderOfAGoodCardEndsWithTheRightMoney(List<Arrival> arrivals) {
        play(arrivals, "tok_visa");

        boolean cancelled = arrivals.contains(Arrival.CANCELLED);
        boolean created = arrivals.contains(Arrival.CREATED);
        assertThat(provider.kept()).isEqualTo(created && !cancelled ? TOTAL.amountMinor() : 0);
        assertThat(said).filteredOn(ArrivalOrdersTest::answersACancellation).hasSize(cancelled ? 1 : 0);
        assertThat(said).filteredOn(PaymentCompleted.class::isInstance).hasSizeLessThanOrEqualTo(1);
        if (created && !cancelled) {
            assertThat(said).singleElement().isInstanceOf(PaymentCompleted.class);
        }
        if (said.stream().anyMatch(PaymentRefunded.class::isInstance)) {
            assertThat(said.getLast()).isInstanceOf(PaymentRefunded.class);
        }
    }

    @ParameterizedTest
    @MethodSource("arrivals")
    void everyArrivalOrderOfADeclinedCardCostsNothing(List<Arrival> arrivals) {
        play(arrivals, "tok_declined");

        assertThat(provider.kept()).isZero();
        assertThat(said).filteredOn(PaymentCompleted.class::isInstance).isEmpty();
        assertThat(said).filteredOn(PaymentDeclined.class::isInstance).hasSizeLessThanOrEqualTo(1);
        assertThat(said)
                .filteredOn(ArrivalOrdersTest::answersACancellation)
                .hasSize(arrivals.contains(Arrival.CANCELLED) ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aProviderThatDoesNotAnswerIsAskedUntilItDoes(int seed) {
        var random = new Random(seed);
        provider.giveNoAnswer(random.nextInt(8));

        play(List.of(Arrival.CREATED, Arrival.A_WORKER, Arrival.CANCELLED, Arrival.A_WORKER), "tok_visa");

        assertThat(provider.kept()).isZero();
        assertThat(said).filteredOn(ArrivalOrdersTest::answersACancellation).hasSize(1);
    }

    private void play(List<Arrival> arrivals, String token) {
        for (var arrival : arrivals) {
            switch (arrival) {
                case CREATED ->
                    deliver(new OrderCreated(order, Instant.now(), "ada", TOTAL, List.of(new Line("mug", 2)), token));
                case CANCELLED -> deliver(new OrderCancelled(order, Instant.now(), CancellationReason.CUSTOMER));
                case A_WORKER -> workOnce();
            }
        }
        for (int i = 0; !work.isEmpty() && i < 100; i++) {
            workOnce();
        }
        assertThat(work).isEmpty();
    }

    private void deliver(Object message) {
        try {
            payments.load(List.of(message));
            var result =
                    switch (message) {
                        case OrderCreated created -> payments.requestCharge(created);
                        case OrderCancelled cancelled -> payments.requestUndo(cancelled);
                        case ChargeAnswered answered -> payments.recordCharge(answered);
                        case UndoAnswered answered -> payments.recordUndo(answered);
                        default -> throw new AssertionError(message);
                    };
            payments.flush();
            if (result instanceof Event event) {
                said.add(event);
            } else if (result != null) {
                work.add(result);
            }
        } finally {
            payments.clear();
        }
    }

    private void workOnce() {
        if (work.isEmpty()) {
            return;
        }
        var one = work.removeFirst();
        try {
            deliver(
                    one instanceof Charge charge
                            ? cashier.charge(charge)
                            : cashier.undo((Undo) one, Map.of(WorkHeaders.ATTEMPT, 3)));
        } catch (PaymentProvider.NoAnswer e) {
            work.add(one);
        }
    }

    private static boolean answersACancellation(Event event) {
        return event instanceof PaymentRefunded || event instanceof PaymentVoided;
    }
}
