package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code transaction:<role>.<name>}: a flow that runs in a transaction, and the way to send something through it. */
final class TransactionComponent extends DefaultComponent {

    private final Backbones backbones;
    private final Consumers consumers;
    private final MessagingSettings settings;

    TransactionComponent(Backbones backbones, Consumers consumers, MessagingSettings settings) {
        this.backbones = backbones;
        this.consumers = consumers;
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new TransactionEndpoint(uri, remaining, this, backbones.of(roleOf(remaining)), consumers, settings);
    }

    /** The role in {@code <role>.<name>}. */
    static Role roleOf(String remaining) {
        int dot = remaining.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("endpoint: " + remaining + " (expected: <role>.<name>)");
        }
        return new Role(remaining.substring(0, dot));
    }
}
