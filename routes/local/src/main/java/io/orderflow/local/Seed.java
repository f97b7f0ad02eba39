package io.orderflow.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The catalogue and the stock that a shop begins with; what is there already stays as it is. */
final class Seed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Seed() {}

    static JsonNode catalogue() {
        return read("catalogue.json");
    }

    static JsonNode stock() {
        return read("stock.json");
    }

    private static JsonNode read(String name) {
        try (var file = Seed.class.getResourceAsStream("/" + name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Inserts the products, prices and stock that the database does not have yet. */
    static void load(Layout layout) throws SQLException {
        try (var connection = DriverManager.getConnection(layout.database(), "orderflow", "")) {
            connection.setAutoCommit(false);
            for (var product : catalogue()) {
                insert(
                        connection,
                        "insert into orders.product (sku, name) values (?, ?) on conflict do nothing",
                        product.get("sku").textValue(),
                        product.get("name").textValue());
                for (var price : product.get("prices").properties()) {
                    insert(
                            connection,
                            """
                            insert into orders.product_price (sku, currency, amount_minor) values (?, ?, ?)
                            on conflict do nothing""",
                            product.get("sku").textValue(),
                            price.getKey(),
                            price.getValue().longValue());
                }
            }
            for (var item : stock().properties()) {
                insert(
                        connection,
                        "insert into inventory.stock_item (sku, on_hand) values (?, ?) on conflict do nothing",
                        item.getKey(),
                        item.getValue().longValue());
            }
            connection.commit();
        }
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
