package io.orderflow.local.demo;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the services' tables from outside, in one statement. */
final class Watch implements AutoCloseable {

    private static final String LOOK = """
            select count(*) filter (where status = 'PENDING'),
                   count(*) filter (where status = 'CONFIRMED'),
                   count(*) filter (where reason = 'PAYMENT_DECLINED'),
                   count(*) filter (where reason = 'OUT_OF_STOCK'),
                   %s,
                   %s,
                   %s,
                   (select count(*) from notifications.mail where state = 'SENT')
              from orders.orders""".formatted(
                    sum("%s.outbox"),
                    sum("%s.parked where state = 'PARKED' and reason <> 'UNREADABLE'"),
                    sum("%s.parked where state = 'PARKED' and reason = 'UNREADABLE'"));

    private final Connection connection;
    private final PreparedStatement statement;

    Watch(String database) throws SQLException {
        this.connection = DriverManager.getConnection(database, Postgres.LOGIN, "");
        this.statement = connection.prepareStatement(LOOK);
    }

    private static String sum(String rows) {
        return Topology.ORDERFLOW.drawn().stream()
                .map(Role::toString)
                .map(role -> "(select count(*) from " + rows.formatted(role) + ")")
                .collect(Collectors.joining(" + "));
    }

    /** How everything stands. */
    synchronized Moment look(double at, Moment.Taken taken) throws SQLException {
        try (var row = statement.executeQuery()) {
            row.next();
            return new Moment(
                    at,
                    taken,
                    row.getInt(1),
                    row.getInt(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getInt(7),
                    row.getInt(8));
        }
    }

    /** The ids of all orders that there are. */
    synchronized Set<String> orders() throws SQLException {
        Set<String> orders = new HashSet<>();
        try (var ids = connection.createStatement();
                var rows = ids.executeQuery("select id from orders.orders")) {
            while (rows.next()) {
                orders.add(rows.getString(1));
            }
        }
        return orders;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
