package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.UnitOfWork;
import java.util.List;
import org.apache.camel.RoutesBuilder;

/** A service as the model runs it: its real routes and units of work, with rows in memory behind its ports. */
public interface Modelled {

    Role role();

    /**
     * With the endpoints that the service declares: the model is behind {@code transaction:}, {@code outbox:},
     * {@code work:} and {@code timer:}.
     */
    RoutesBuilder routes();

    List<UnitOfWork> units();

    /** What the units read and write. */
    Kept rows();

    /** Which of its timers are wound up; figures need none. */
    default List<String> timers() {
        return List.of();
    }
}
