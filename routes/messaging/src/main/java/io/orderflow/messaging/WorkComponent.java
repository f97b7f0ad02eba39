package io.orderflow.messaging;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code work:<role>.<name>}: requests to the role's own workers, kept in the database until they are carried out. */
final class WorkComponent extends DefaultComponent {

    private final Backbones backbones;
    private final MessagingSettings settings;
    private final BackboneMetrics metrics;
    private final Figures figures;

    WorkComponent(Backbones backbones, MessagingSettings settings, BackboneMetrics metrics, Figures figures) {
        this.backbones = backbones;
        this.settings = settings;
        this.metrics = metrics;
        this.figures = figures;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var backbone = backbones.of(TransactionComponent.roleOf(remaining));
        return new WorkEndpoint(uri, this, remaining, backbone, settings, metrics, figures);
    }
}
