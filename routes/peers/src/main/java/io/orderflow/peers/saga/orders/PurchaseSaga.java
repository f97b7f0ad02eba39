package io.orderflow.peers.saga.orders;

import static java.util.stream.Collectors.toMap;

import io.orderflow.contracts.Event;
import io.orderflow.peers.saga.Announcer;
import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.Seen;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Joins what payments and inventory say, whichever comes first. */
@Service
public class PurchaseSaga {

    private static final String SERVICE = "orders";

    private final Purchases purchases;
    private final PurchaseSteps steps;
    private final Seen seen;
    private final Announcer announcer;
    private final Clock clock = Clock.systemUTC();

    PurchaseSaga(Purchases purchases, PurchaseSteps steps, Seen seen, Announcer announcer) {
        this.purchases = purchases;
        this.steps = steps;
        this.seen = seen;
        this.announcer = announcer;
    }

    /** One transaction for however many messages are handed in together. */
    @Transactional
    public void hear(List<EventMessage> said) {
        var fresh = seen.fresh(SERVICE, said);
        if (fresh.isEmpty()) {
            return;
        }
        var now = clock.instant();
        Map<UUID, Purchase> known =
                purchases
                        .lock(fresh.stream()
                                .map(EventMessage::orderId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(toMap(Purchase::id, Function.identity()));
        List<Event> answers = new ArrayList<>();
        List<PurchaseStep> happened = new ArrayList<>();
        for (var one : fresh) {
            var purchase = known.get(one.orderId());
            var answer = purchase.hear(one.event(), now);
            happened.add(new PurchaseStep(
                    purchase.id(),
                    Event.typeOf(one.event().getClass()),
                    purchase.status().name(),
                    now));
            answer.ifPresent(answers::add);
        }
        steps.saveAll(happened);
        announcer.announce(SERVICE, answers);
    }
}
