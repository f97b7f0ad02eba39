package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.Lags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Shows operators how far the services of this process are behind what they hear, and what they have not said yet. */
final class LagDesk {

    private final Lags lags;
    private final Backlogs backlogs;
    private final Supplier<List<Role>> here;

    /** @param here the services of this process, asked for when they are known */
    LagDesk(Lags lags, Backlogs backlogs, Supplier<List<Role>> here) {
        this.lags = lags;
        this.backlogs = backlogs;
        this.here = here;
    }

    /** What a service has still to handle of a topic. */
    record TopicView(String service, String topic, long events) {}

    /** What a service has decided to say and the broker has not taken. */
    record OutboxView(String service, long events, long oldestMillis) {}

    /** Both. */
    record LagView(List<TopicView> topics, List<OutboxView> outboxes) {}

    LagView lag(Exchange asked) {
        List<TopicView> topics = new ArrayList<>();
        List<OutboxView> outboxes = new ArrayList<>();
        for (var role : here.get()) {
            lags.of(role)
                    .orElseThrow(() -> new Refusal(
                            Problem.of(ProblemType.UNAVAILABLE, "lag: unknown (expected: the broker answers)")))
                    .forEach((topic, events) -> topics.add(new TopicView(role.name(), topic, events)));
            backlogs.of(role.name())
                    .ifPresent(one -> outboxes.add(new OutboxView(
                            role.name(), one.events(), one.oldest().toMillis())));
        }
        return new LagView(topics, outboxes);
    }
}
