package io.orderflow.notifications;

import io.orderflow.messaging.Work;
import java.util.UUID;

/** The request to send an order's mail about an outcome. It holds no name and no address: those are read when it is carried out. */
record SendMail(UUID orderId, Outcome outcome) implements Work {

    @Override
    public String subject() {
        return outcome.name();
    }
}
