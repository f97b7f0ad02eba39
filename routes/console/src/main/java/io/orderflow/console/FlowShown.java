package io.orderflow.console;

import java.util.List;

/** Who says what to whom, as it is declared, with what the roles say of it now. What nobody says is null. */
record FlowShown(List<Topic> topics, List<Station> roles) {

    /** A topic. */
    record Topic(String topic, List<String> writers, List<String> events, boolean compacted, List<Reader> readers) {}

    /**
     * A role that hears a topic.
     *
     * @param events the types that it handles
     * @param lag how many events it has still to handle
     * @param handled how many the process that answered has handled since it started
     */
    record Reader(String role, List<String> events, Long lag, Boolean running, Long handled, Long parked) {}

    /** A role with what it has not got rid of. */
    record Station(String role, boolean answers, Long outbox, Double oldestOutboxSeconds, List<Queue> work) {}

    /** Requests to a role's workers. */
    record Queue(String queue, long pending, double oldestSeconds) {}
}
