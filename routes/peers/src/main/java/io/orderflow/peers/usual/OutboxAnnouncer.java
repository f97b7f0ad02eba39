package io.orderflow.peers.usual;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Event;
import io.orderflow.peers.saga.Announcer;
import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.SagaTopics;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts what is to be said beside what it is about, in the same transaction. */
@Component
class OutboxAnnouncer implements Announcer {

    private final JdbcTemplate jdbc;
    private final SagaTopics topics;
    private final JsonMapper json;

    OutboxAnnouncer(JdbcTemplate jdbc, SagaTopics topics, JsonMapper json) {
        this.jdbc = jdbc;
        this.topics = topics;
        this.json = json;
    }

    @Override
    public void announce(String service, List<Event> events) {
        var rows = events.stream()
                .map(event -> new Object[] {
                    topics.of(event),
                    event.orderId().toString(),
                    json.writeValueAsString(new EventMessage(UuidCreator.getTimeOrderedEpoch(), event))
                })
                .toList();
        jdbc.batchUpdate("insert into " + service + ".outbox (topic, key, value) values (?, ?, ?)", rows);
    }
}
