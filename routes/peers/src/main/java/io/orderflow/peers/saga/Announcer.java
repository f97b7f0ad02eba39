package io.orderflow.peers.saga;

import io.orderflow.contracts.Event;
import java.util.List;

/** Publishes events if the transaction that it is called in commits; how, is where the contestants differ. */
public interface Announcer {

    /** @param service whose events these are, which is the name of its schema */
    void announce(String service, List<Event> events);
}
