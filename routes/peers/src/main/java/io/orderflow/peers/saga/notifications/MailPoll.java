package io.orderflow.peers.saga.notifications;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for mails that are due, and goes on for as long as there are many. */
@Component
class MailPoll {

    private final MailRound round;

    MailPoll(MailRound round) {
        this.round = round;
    }

    @Scheduled(fixedDelayString = "${peers.mail-poll}")
    void poll() {
        while (round.send()) {}
    }
}
