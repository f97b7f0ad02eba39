package io.orderflow.e2e.loyalty;

import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Loyalty's unit of work: a point for each full euro, written for the whole batch with one statement. */
final class Points implements UnitOfWork {

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final PerTransaction<List<PointsGranted>> granted = new PerTransaction<>("points");

    Points(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    PointsGranted grant(OrderConfirmed confirmed) {
        var points = (int) (confirmed.total().amountMinor() / 100);
        var event = new PointsGranted(confirmed.orderId(), clock.instant(), points);
        granted.get().add(event);
        return event;
    }

    @Override
    public void load(List<?> messages) {
        granted.set(new ArrayList<>());
    }

    @Override
    public void flush() {
        jdbc.update(
                "insert into loyalty.points select * from unnest(?::uuid[], ?::integer[])",
                granted.get().stream().map(PointsGranted::orderId).toArray(UUID[]::new),
                granted.get().stream().map(PointsGranted::points).toArray(Integer[]::new));
    }

    @Override
    public void clear() {
        granted.clear();
    }
}
