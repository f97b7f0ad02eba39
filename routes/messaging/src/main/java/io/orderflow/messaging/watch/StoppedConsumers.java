package io.orderflow.messaging.watch;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.EndpointName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consumers of this process that have stopped themselves, as their gauge shows it. */
public final class StoppedConsumers {

    private final Set<EndpointName> stopped = ConcurrentHashMap.newKeySet();

    public void stopped(Role role, Channel channel) {
        stopped.add(EndpointName.hearing(role, channel));
    }

    public void goesOn(Role role, Channel channel) {
        stopped.remove(EndpointName.hearing(role, channel));
    }

    boolean has(Role role, Channel channel) {
        return stopped.contains(EndpointName.hearing(role, channel));
    }
}
