package io.orderflow.peers.usual;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for what is to be said, for each service by itself, and goes on for as long as there is much. */
@Component
class OutboxPoll {

    private final OutboxRound round;

    OutboxPoll(OutboxRound round) {
        this.round = round;
    }

    @Scheduled(fixedDelayString = "${peers.outbox-poll}")
    void orders() {
        poll("orders");
    }

    @Scheduled(fixedDelayString = "${peers.outbox-poll}")
    void payments() {
        poll("payments");
    }

    @Scheduled(fixedDelayString = "${peers.outbox-poll}")
    void inventory() {
        poll("inventory");
    }

    private void poll(String service) {
        while (round.publish(service)) {}
    }
}
