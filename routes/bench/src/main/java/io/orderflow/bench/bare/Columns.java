package io.orderflow.bench.bare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Many rows as the columns of one statement: each column is an array. */
final class Columns {

    private record Column(String type, Object[] values) {}

    private final List<Column> all = new ArrayList<>();

    static <T> Columns of(Collection<T> rows, Function<T, UUID> value) {
        return new Columns().and("uuid", rows, value);
    }

    static Columns ids(Collection<UUID> ids) {
        return of(ids, Function.identity());
    }

    <T> Columns text(Collection<T> rows, Function<T, String> value) {
        return and("text", rows, value);
    }

    <T> Columns number(Collection<T> rows, Function<T, Long> value) {
        return and("bigint", rows, value);
    }

    <T> Columns bytes(Collection<T> rows, Function<T, byte[]> value) {
        all.add(new Column("bytea", rows.stream().map(value).toArray(byte[][]::new)));
        return this;
    }

    private <T> Columns and(String type, Collection<T> rows, Function<T, ?> value) {
        all.add(new Column(type, rows.stream().map(value).toArray()));
        return this;
    }

    int update(Connection transaction, String sql) throws SQLException {
        try (var statement = transaction.prepareStatement(sql)) {
            set(transaction, statement);
            return statement.executeUpdate();
        }
    }

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> query(Connection transaction, String sql, Row<T> made) throws SQLException {
        try (var statement = transaction.prepareStatement(sql)) {
            set(transaction, statement);
            List<T> list = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    list.add(made.of(rows));
                }
            }
            return list;
        }
    }

    private void set(Connection transaction, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < all.size(); i++) {
            statement.setArray(
                    i + 1,
                    transaction.createArrayOf(all.get(i).type(), all.get(i).values()));
        }
    }
}
