package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.PaymentRefunded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes when, and however often: a mail for each outcome once, and none before the address is known. */
class ArrivalOrdersTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final Money TOTAL = new Money(2580, "EUR");
    private static final List<Event> EVENTS = List.of(
            new OrderConfirmed(ORDER, AT, TOTAL),
            new OrderCancelled(ORDER, AT, CancellationReason.OUT_OF_STOCK),
            new PaymentRefunded(ORDER, AT, TOTAL),
            new OrderContact(ORDER, AT, "Ada", "ada@example.com"),
            new ContactErased(ORDER, AT));

    private final NoticesInMemory rows = new NoticesInMemory();
    private final Notices notices = new Notices(rows, new SimpleMeterRegistry(), Duration.ofDays(3));
    private final List<SendMail> requests = new ArrayList<>();

    static Stream<List<Event>> arrivals() {
        List<List<Event>> all = new ArrayList<>();
        for (int length = 1; length <= 5; length++) {
            for (int number = 0; number < Math.pow(EVENTS.size(), length); number++) {
                List<Event> arrivals = new ArrayList<>();
                for (int rest = number, i = 0; i < length; i++, rest /= EVENTS.size()) {
                    arrivals.add(EVENTS.get(rest % EVENTS.size()));
                }
                all.add(arrivals);
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("arrivals")
    void everyArrivalOrderEndsWithOneMailForEachOutcome(List<Event> arrivals) {
        arrivals.forEach(this::deliver);

        assertThat(requests).doesNotHaveDuplicates();
        int contact = arrivals.indexOf(EVENTS.get(3));
        int erased = arrivals.indexOf(EVENTS.get(4));
        boolean known = contact >= 0 && (erased < 0 || contact < erased);
        for (int i = 0; i < arrivals.size(); i++) {
            var outcome = outcome(arrivals.get(i));
            if (outcome == null || arrivals.indexOf(arrivals.get(i)) != i) {
                continue;
            }
            boolean due = known && (erased < 0 || Math.max(i, contact) < erased);
            assertThat(requests.contains(new SendMail(ORDER, outcome))).isEqualTo(due);
        }
        if (erased >= 0) {
            assertThat(rows.recipients.get(ORDER).email()).isNull();
        }
    }

    private static OrderOutcome outcome(Event event) {
        return switch (event) {
            case OrderConfirmed confirmed -> OrderOutcome.CONFIRMED;
            case OrderCancelled cancelled -> OrderOutcome.CANCELLED;
            case PaymentRefunded refunded -> OrderOutcome.REFUNDED;
            default -> null;
        };
    }

    private void deliver(Event event) {
        notices.load(List.of(event));
        switch (event) {
            case OrderContact contact -> requests.addAll(notices.learn(contact));
            case ContactErased erased -> notices.forget(erased);
            default -> requests.addAll(notices.tell(event));
        }
        notices.flush();
        notices.clear();
    }
}
