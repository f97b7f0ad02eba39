package io.orderflow.bench.machine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One database as its superuser sees it. */
public record Sql(String url) {

    /** Makes something of a row. */
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    public void execute(String statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The number in the first column of the first row. */
    public double number(String query) throws SQLException {
        return list(query, row -> row.getDouble(1)).getFirst();
    }

    public <T> List<T> list(String query, Row<T> made) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(made.of(rows));
            }
            return list;
        }
    }
}
