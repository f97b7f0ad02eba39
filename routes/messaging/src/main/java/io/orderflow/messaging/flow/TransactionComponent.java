package io.orderflow.messaging.flow;

import io.orderflow.messaging.EndpointName;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code transaction:<role>.<name>}: a flow that runs in a transaction, and the way to send something through it. */
public final class TransactionComponent extends DefaultComponent {

    private final Backbones backbones;
    private final Flows flows;
    private final Sharing sharing;

    public TransactionComponent(Backbones backbones, Flows flows, Sharing sharing) {
        this.backbones = backbones;
        this.flows = flows;
        this.sharing = sharing;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var name = EndpointName.of(remaining);
        var shared = new SharedTransactions(remaining, backbones.of(name.role()), sharing);
        return new TransactionEndpoint(uri, this, name, shared, flows);
    }
}
