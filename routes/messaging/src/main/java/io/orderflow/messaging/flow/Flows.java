package io.orderflow.messaging.flow;

import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.Failures;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The flows that run now, by their names: a route from {@code transaction:} registers its flow here, and an adapter
 * looks it up.
 */
public final class Flows {

    private final Map<EndpointName, Flow> flows = new ConcurrentHashMap<>();

    void add(EndpointName name, Flow flow) {
        flows.put(name, flow);
    }

    void remove(EndpointName name) {
        flows.remove(name);
    }

    /** @throws Failures.Stopping if no such flow is running */
    public Flow running(EndpointName name) {
        var flow = flows.get(name);
        if (flow == null) {
            throw new Failures.Stopping(name + ": no route from transaction:" + name + " is running");
        }
        return flow;
    }
}
