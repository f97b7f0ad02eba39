package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Outages;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that did not take a role's last events, each left out for a moment. */
final class PausedTopics {

    private static final Logger log = LoggerFactory.getLogger(PausedTopics.class);

    private final Role role;
    private final Outages outages;
    private final Map<String, Long> paused = new ConcurrentHashMap<>();

    /** Those of which it was said, for the brokers answer all the same. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    PausedTopics(Role role, Outages outages) {
        this.role = role;
        this.outages = outages;
    }

    Set<String> now() {
        return paused.keySet().stream().filter(this::isPaused).collect(Collectors.toSet());
    }

    private boolean isPaused(String topic) {
        var until = paused.get(topic);
        return until != null && System.nanoTime() - until < 0;
    }

    void pause(String topic, Exception failure, Duration time) {
        paused.put(topic, System.nanoTime() + time.toNanos());
        outages.report(
                log,
                role + ": relay: " + topic,
                "does not take events; they wait in the outbox",
                failure,
                new Outages.Line() {
                    @Override
                    public boolean stillFails() {
                        return paused.containsKey(topic);
                    }

                    @Override
                    public void said() {
                        said.add(topic);
                    }
                });
    }

    void goOn(String topic) {
        paused.remove(topic);
        if (said.remove(topic)) {
            log.info("{}: relay: {} takes events again", role, topic);
        }
    }
}
