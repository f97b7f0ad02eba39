package io.orderflow.payments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.model.Actor;
import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.Modelled;
import io.orderflow.messaging.model.Outside;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.RoutesBuilder;

/** Payments as the model runs it, with a provider. */
public final class PaymentsModel implements Modelled {

    private static final PaymentsSettings SETTINGS =
            new PaymentsSettings("simulated", 3, Duration.ofMinutes(5), Duration.ofDays(400), null);

    private final PaymentsInMemory rows = new PaymentsInMemory();
    private final ModelledProvider provider;
    private final Payments payments;
    private final RoutesBuilder routes;

    public PaymentsModel(Clock clock, Outside outside) {
        provider = new ModelledProvider(outside);
        payments = new Payments(rows, clock, SETTINGS);
        routes = new PaymentsRoutes(
                PaymentsChannels.declared(),
                payments,
                new Cashier(provider, SETTINGS),
                new RefundWatch(rows, new SimpleMeterRegistry()));
    }

    @Override
    public Role role() {
        return Role.PAYMENTS;
    }

    @Override
    public RoutesBuilder routes() {
        return routes;
    }

    @Override
    public List<UnitOfWork> units() {
        return List.of(payments);
    }

    @Override
    public Kept rows() {
        return rows;
    }

    /** Who charges late what was asked of it before. */
    public Actor provider() {
        return provider;
    }

    /** Where an order's payment stands, for example {@code CAPTURED}. */
    public String state(UUID order) {
        var payment = rows.payments.get(order);
        return payment == null ? "NONE" : payment.state().name();
    }

    /** What the provider's journal says that an order has cost its customer. */
    public long kept(UUID order) {
        return provider.captured(order) - provider.refunded(order);
    }

    public boolean wasCaptured(UUID order) {
        return provider.captured(order) > 0;
    }

    /**
     * Every entry has two sides, and no order was captured or refunded twice, or refunded more than captured
     * (invariant I3).
     */
    public void assertBalanced() {
        provider.assertBalanced();
    }
}
