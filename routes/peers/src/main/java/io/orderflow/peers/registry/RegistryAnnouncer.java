package io.orderflow.peers.registry;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Event;
import io.orderflow.peers.saga.Announcer;
import io.orderflow.peers.saga.EventMessage;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Publishes events as the registry wants it: through Spring, in a transaction. */
@Component
class RegistryAnnouncer implements Announcer {

    private final ApplicationEventPublisher publisher;

    RegistryAnnouncer(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void announce(String service, List<Event> events) {
        events.forEach(event -> publisher.publishEvent(new EventMessage(UuidCreator.getTimeOrderedEpoch(), event)));
    }
}
