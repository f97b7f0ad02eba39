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
import io.orderflow.messaging.Work;
import io.orderflow.messaging.WorkHeaders;
import io.orderflow.payments.PaymentProvider.ChargeAnswer;
import io.orderflow.payments.PaymentProvider.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every reachable state of one order's payment: events come twice, at any time; workers stand still between claim,
 * call and record, or never come back; a lease runs out and a second worker takes the same row; the provider gives no
 * answer, having done what it was asked or not. The decisions and the cashier are the real ones.
 */
class EveryInterleavingTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Money TOTAL = new Money(2580, "EUR");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int WORKERS_A_ROW = 2;
    private static final PaymentsSettings SETTINGS =
            new PaymentsSettings("simulated", 2, Duration.ofMinutes(5), Duration.ofDays(400), null);

    /** What can still go wrong and still arrive, and all that is stored, at the service and at the provider. */
    private record World(
            int createds,
            int cancelleds,
            int faults,
            Payment payment,
            Books books,
            List<Event> said,
            List<Row> rows,
            int rowsEver,
            List<Worker> workers) {

        boolean isQuiet() {
            return createds == 0 && cancelleds == 0 && rows.isEmpty() && workers.isEmpty();
        }

        World with(Decision decision) {
            var said = new ArrayList<>(this.said);
            var rows = new ArrayList<>(this.rows);
            switch (decision.says()) {
                case null -> {}
                case Event event -> said.add(event);
                case Work work -> rows.add(new Row(rowsEver, work));
                default -> throw new AssertionError(decision.says());
            }
            return new World(
                    createds,
                    cancelleds,
                    faults,
                    decision.payment(),
                    books,
                    said,
                    rows,
                    rowsEver + rows.size() - this.rows.size(),
                    workers);
        }

        World with(List<Row> rows, List<Worker> workers) {
            return new World(createds, cancelleds, faults, payment, books, said, rows, rowsEver, workers);
        }

        World with(Books books, int faults) {
            return new World(createds, cancelleds, faults, payment, books, said, rows, rowsEver, workers);
        }

        World awaiting(int createds, int cancelleds) {
            return new World(createds, cancelleds, faults, payment, books, said, rows, rowsEver, workers);
        }
    }

    private record Row(int id, Work work) {}

    /** Holds a row, and the provider's answer once it has called. */
    private record Worker(Row row, Object answer) {

        static final Comparator<Worker> ORDER = Comparator.comparing(
                        (Worker worker) -> worker.row().id())
                .thenComparing(worker -> String.valueOf(worker.answer()));
    }

    private record Books(ChargeAnswer outcome, boolean refunded) {

        long kept() {
            return outcome instanceof ChargeAnswer.Captured && !refunded ? TOTAL.amountMinor() : 0;
        }
    }

    /** Keeps its books in a record; one of its calls, counted from 1, gives no answer. */
    private static final class Provider implements PaymentProvider {
        private Books books;
        private int untilFault;
        private final boolean done;

        Provider(Books books, int untilFault, boolean done) {
            this.books = books;
            this.untilFault = untilFault;
            this.done = done;
        }

        @Override
        public ChargeAnswer charge(String key, Money amount, String token) {
            return call(() -> {
                if (books.outcome() == null) {
                    books = new Books(
                            token.equals("tok_visa") ? new ChargeAnswer.Captured() : new ChargeAnswer.Declined("no"),
                            false);
                }
                return books.outcome();
            });
        }

        @Override
        public Optional<Money> fence(String chargeKey) {
            return call(() -> {
                if (books.outcome() == null) {
                    books = new Books(new ChargeAnswer.Fenced(), false);
                }
                return books.outcome() instanceof ChargeAnswer.Captured ? Optional.of(TOTAL) : Optional.empty();
            });
        }

        @Override
        public RefundAnswer refund(String key, String chargeKey, Money amount) {
            return call(() -> {
                assertThat(books.outcome()).as("what is refunded").isEqualTo(new ChargeAnswer.Captured());
                books = new Books(books.outcome(), true);
                return new RefundAnswer.Refunded();
            });
        }

        private <T> T call(Supplier<T> effect) {
            boolean faulty = --untilFault == 0;
            if (faulty && !done) {
                throw new NoAnswer("not done");
            }
            var answer = effect.get();
            if (faulty) {
                throw new NoAnswer("done");
            }
            return answer;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tok_visa, 1, 0, 2",
        "tok_visa, 2, 0, 2",
        "tok_visa, 0, 2, 0",
        "tok_visa, 1, 1, 2",
        "tok_visa, 2, 2, 2",
        "tok_declined, 2, 0, 2",
        "tok_declined, 2, 2, 1"
    })
    void moneyIsRightAndEachCancellationIsAnsweredOnce(String token, int createds, int cancelleds, int faults) {
        var first = new World(
                createds, cancelleds, faults, null, new Books(null, false), List.of(), List.of(), 0, List.of());
        Set<World> seen = new HashSet<>(Set.of(first));
        var open = new ArrayDeque<>(seen);
        int ends = 0;
        while (!open.isEmpty()) {
            var world = open.remove();
            holds(world);
            if (world.isQuiet()) {
                ends++;
                isRightInTheEnd(world, token, createds > 0, cancelleds > 0);
            }
            next(world, token).stream().filter(seen::add).forEach(open::add);
        }

        assertThat(ends).as("ends reached").isPositive();
    }

    /** In every state. */
    private static void holds(World world) {
        assertThat(count(world, PaymentCompleted.class) + count(world, PaymentDeclined.class))
                .as("answers to a charge: %s", world)
                .isLessThanOrEqualTo(1);
        int answers = count(world, PaymentRefunded.class) + count(world, PaymentVoided.class);
        assertThat(answers).as("answers to a cancellation: %s", world).isLessThanOrEqualTo(1);
        if (answers == 1) {
            assertThat(world.books().kept())
                    .as("kept after the answer: %s", world)
                    .isZero();
            assertThat(world.said().getLast())
                    .as("%s", world)
                    .isInstanceOfAny(PaymentRefunded.class, PaymentVoided.class);
        }
    }

    private static void isRightInTheEnd(World world, String token, boolean created, boolean cancelled) {
        boolean paid = created && !cancelled && token.equals("tok_visa");
        assertThat(world.books().kept()).as("kept: %s", world).isEqualTo(paid ? TOTAL.amountMinor() : 0);
        if (cancelled) {
            assertThat(count(world, PaymentRefunded.class) + count(world, PaymentVoided.class))
                    .as("answers: %s", world)
                    .isEqualTo(1);
            assertThat(count(world, PaymentRefunded.class))
                    .as("refunds said: %s", world)
                    .isEqualTo(world.books().refunded() ? 1 : 0);
        } else {
            assertThat(world.said())
                    .as("%s", world)
                    .singleElement()
                    .isInstanceOf(paid ? PaymentCompleted.class : PaymentDeclined.class);
        }
    }

    private static int count(World world, Class<?> type) {
        return (int) world.said().stream().filter(type::isInstance).count();
    }

    private static List<World> next(World world, String token) {
        List<World> next = new ArrayList<>();
        if (world.createds() > 0) {
            var event = new OrderCreated(ORDER, NOW, "ada", TOTAL, List.of(new Line("mug", 2)), token);
            next.add(world.awaiting(world.createds() - 1, world.cancelleds())
                    .with(Decisions.requestCharge(world.payment(), event)));
        }
        if (world.cancelleds() > 0) {
            var event = new OrderCancelled(ORDER, NOW, CancellationReason.CUSTOMER);
            next.add(world.awaiting(world.createds(), world.cancelleds() - 1)
                    .with(Decisions.requestUndo(world.payment(), event, NOW)));
        }
        for (var row : world.rows()) {
            long holders = world.workers().stream()
                    .filter(worker -> worker.row().equals(row))
                    .count();
            if (holders < WORKERS_A_ROW) {
                next.add(world.with(world.rows(), joined(world.workers(), new Worker(row, null))));
            }
        }
        for (var worker : world.workers()) {
            var others = minus(world.workers(), worker);
            next.add(world.with(world.rows(), others));
            if (worker.answer() == null) {
                calls(world, worker, others, next);
            } else {
                next.add(record(world, worker, others));
            }
        }
        return next;
    }

    private static void calls(World world, Worker worker, List<Worker> others, List<World> next) {
        call(world, worker, others, new Provider(world.books(), 0, false), 1, world.faults(), next);
        for (int fault = 1; fault <= 2 && world.faults() > 0; fault++) {
            for (boolean done : new boolean[] {false, true}) {
                for (int attempt = 1; attempt <= SETTINGS.refundAttempts(); attempt++) {
                    var provider = new Provider(world.books(), fault, done);
                    call(world, worker, others, provider, attempt, world.faults() - 1, next);
                }
            }
        }
    }

    private static void call(
            World world,
            Worker worker,
            List<Worker> others,
            Provider provider,
            int attempt,
            int faults,
            List<World> next) {
        var cashier = new Cashier(provider, SETTINGS);
        List<Worker> workers;
        try {
            var answer =
                    switch (worker.row().work()) {
                        case Charge charge -> cashier.charge(charge);
                        case Undo undo -> cashier.undo(undo, Map.of(WorkHeaders.ATTEMPT, attempt));
                        default -> throw new AssertionError(worker);
                    };
            workers = joined(others, new Worker(worker.row(), answer));
        } catch (NoAnswer e) {
            workers = others;
        }
        next.add(world.with(provider.books, faults).with(world.rows(), workers));
    }

    private static World record(World world, Worker worker, List<Worker> others) {
        var after = world.with(minus(world.rows(), worker.row()), others);
        return after.with(
                switch (worker.answer()) {
                    case ChargeAnswered answered -> Decisions.recordCharge(world.payment(), answered, NOW);
                    case UndoAnswered answered ->
                        Decisions.recordUndo(world.payment(), answered, NOW, SETTINGS.refundPause());
                    default -> throw new AssertionError(worker);
                });
    }

    /** Workers are alike, so that who came first makes no other world. */
    private static List<Worker> joined(List<Worker> workers, Worker one) {
        return Stream.concat(workers.stream(), Stream.of(one))
                .sorted(Worker.ORDER)
                .toList();
    }

    private static <T> List<T> minus(List<T> list, T one) {
        var fewer = new ArrayList<>(list);
        fewer.remove(one);
        return fewer;
    }
}
