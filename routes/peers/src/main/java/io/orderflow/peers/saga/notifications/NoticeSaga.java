package io.orderflow.peers.saga.notifications;

import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.Seen;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notes whom to tell and what; the mails themselves are a worker's. */
@Service
public class NoticeSaga {

    private static final String SERVICE = "notifications";

    private final AddressBook addresses;
    private final OutcomeMails mails;
    private final Seen seen;

    NoticeSaga(AddressBook addresses, OutcomeMails mails, Seen seen) {
        this.addresses = addresses;
        this.mails = mails;
        this.seen = seen;
    }

    /** One transaction for however many messages are handed in together. */
    @Transactional
    public void hear(List<EventMessage> said) {
        var ours = said.stream()
                .filter(one -> one.event() instanceof OrderContact || outcome(one) != null)
                .toList();
        List<Addressed> addressed = new ArrayList<>();
        List<OutcomeMail> due = new ArrayList<>();
        for (var one : seen.fresh(SERVICE, ours)) {
            if (one.event() instanceof OrderContact contact) {
                addressed.add(new Addressed(contact));
            } else {
                due.add(new OutcomeMail(one.id(), one.orderId(), outcome(one)));
            }
        }
        addresses.saveAll(addressed);
        mails.saveAll(due);
    }

    private static String outcome(EventMessage said) {
        return switch (said.event()) {
            case OrderConfirmed confirmed -> "confirmed";
            case OrderCancelled cancelled -> "cancelled";
            case PaymentRefunded refunded -> "refunded";
            default -> null;
        };
    }
}
