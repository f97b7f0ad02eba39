package io.orderflow.messaging;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code work:<role>.<name>}: requests to the role's own workers, kept in the database until they are carried out. */
final class WorkComponent extends DefaultComponent {

    private final Backbones backbones;
    private final MessagingSettings settings;

    WorkComponent(Backbones backbones, MessagingSettings settings) {
        this.backbones = backbones;
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new WorkEndpoint(uri, this, remaining, backbones.of(TransactionComponent.roleOf(remaining)), settings);
    }
}
