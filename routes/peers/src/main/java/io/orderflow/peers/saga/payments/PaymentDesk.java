package io.orderflow.peers.saga.payments;

import static java.util.stream.Collectors.toMap;

import io.orderflow.contracts.Event;
import io.orderflow.peers.saga.Announcer;
import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what the provider has answered, and says it. */
@Service
class PaymentDesk {

    private static final String SERVICE = "payments";

    private final OrderPayments payments;
    private final Seen seen;
    private final Announcer announcer;

    PaymentDesk(OrderPayments payments, Seen seen, Announcer announcer) {
        this.payments = payments;
        this.seen = seen;
        this.announcer = announcer;
    }

    /** @param answers by the id of the message */
    @Transactional
    public void keep(List<EventMessage> said, Map<UUID, Optional<Event>> answers) {
        var fresh = seen.fresh(SERVICE, said);
        if (fresh.isEmpty()) {
            return;
        }
        Map<UUID, OrderPayment> known =
                payments
                        .findAllById(fresh.stream()
                                .map(EventMessage::orderId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(toMap(OrderPayment::orderId, Function.identity()));
        List<Event> events = new ArrayList<>();
        for (var one : fresh) {
            answers.get(one.id()).ifPresent(answer -> {
                known.computeIfAbsent(one.orderId(), OrderPayment::new).says(answer);
                events.add(answer);
            });
        }
        payments.saveAll(known.values());
        announcer.announce(SERVICE, events);
    }
}
