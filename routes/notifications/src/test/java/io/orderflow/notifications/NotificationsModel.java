package io.orderflow.notifications;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.Modelled;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.RoutesBuilder;

/** Notifications as the model runs it. Its mails go to the component {@code smtp}, a {@link ModelledMailServer}. */
public final class NotificationsModel implements Modelled {

    private final NoticesInMemory rows = new NoticesInMemory();
    private final Notices notices = new Notices(rows, new SimpleMeterRegistry(), Duration.ofDays(3));
    private final RoutesBuilder routes;

    public NotificationsModel() {
        var settings = Settings.of(25);
        routes =
                new NotificationsRoutes(NotificationsChannels.declared(settings), notices, new Postman(rows, settings));
    }

    @Override
    public Role role() {
        return Role.NOTIFICATIONS;
    }

    @Override
    public RoutesBuilder routes() {
        return routes;
    }

    @Override
    public List<UnitOfWork> units() {
        return List.of(notices);
    }

    @Override
    public Kept rows() {
        return rows;
    }

    /** The outcomes that an order's customer was told, each with its state, for example {@code CONFIRMED SENT}. */
    public List<String> mails(UUID order) {
        return rows.mails(List.of(order)).stream()
                .map(mail -> mail.outcome() + " " + mail.state())
                .sorted()
                .toList();
    }
}
