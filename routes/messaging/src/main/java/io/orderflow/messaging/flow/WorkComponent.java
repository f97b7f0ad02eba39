package io.orderflow.messaging.flow;

import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.watch.Counters;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code work:<role>.<name>}: requests to the role's own workers, kept in the database until they are carried out. */
public final class WorkComponent extends DefaultComponent {

    private final Backbones backbones;
    private final Function<String, Working> working;
    private final Counters counters;

    /** @param working how the workers of a channel work, by {@code <role>.<name>} */
    public WorkComponent(Backbones backbones, Function<String, Working> working, Counters counters) {
        this.backbones = backbones;
        this.working = working;
        this.counters = counters;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var name = EndpointName.of(remaining);
        return new WorkEndpoint(uri, this, name, backbones.of(name.role()), working.apply(remaining), counters);
    }
}
