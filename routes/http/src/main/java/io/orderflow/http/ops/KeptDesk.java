package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Request;
import io.orderflow.messaging.KeptOfOrder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.JdbcTemplate;

/** Shows operators what the services of this process keep of an order beside its events. */
final class KeptDesk {

    private final JdbcTemplate jdbc;
    private final List<KeptOfOrder> all;
    private final Supplier<List<Role>> here;

    /** @param here the services of this process, asked for when they are known */
    KeptDesk(JdbcTemplate jdbc, List<KeptOfOrder> all, Supplier<List<Role>> here) {
        this.jdbc = jdbc;
        this.all = List.copyOf(all);
        this.here = here;
    }

    /** A thing that is kept, with its state. */
    record ThingView(String service, String what, String kind, String state, Instant since) {}

    /** All of an order. */
    record KeptView(List<ThingView> items) {}

    KeptView kept(Exchange exchange) {
        var order = Request.uuid(exchange, "id");
        List<ThingView> items = new ArrayList<>();
        for (var one : all) {
            if (here.get().contains(one.role())) {
                items.addAll(read(one, order));
            }
        }
        return new KeptView(items);
    }

    private List<ThingView> read(KeptOfOrder one, UUID order) {
        return jdbc.query(
                one.sql(),
                (row, number) -> new ThingView(
                        one.role().name(),
                        one.what(),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getObject("since", OffsetDateTime.class).toInstant()),
                order);
    }
}
