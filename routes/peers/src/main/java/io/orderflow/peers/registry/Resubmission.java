package io.orderflow.peers.registry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.modulith.events.FailedEventPublications;
import org.springframework.modulith.events.ResubmissionOptions;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends again what failed; the registry leaves this to its user. With the registry's defaults nobody does it.
 */
@Component
@ConditionalOnProperty(name = "peers.resubmission")
class Resubmission {

    private final FailedEventPublications failed;

    Resubmission(FailedEventPublications failed) {
        this.failed = failed;
    }

    @Scheduled(fixedDelayString = "${peers.resubmission}")
    void resubmit() {
        failed.resubmit(ResubmissionOptions.defaults());
    }
}
