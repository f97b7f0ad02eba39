package io.orderflow.orders;

import io.orderflow.testkit.Postgres;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of its own with orders' schema, migrated as the backbone does it at start-up. */
final class OrdersDatabase {

    private OrdersDatabase() {}

    static DataSource fresh() {
        var database = Postgres.shared().freshDatabase();
        var source = new DriverManagerDataSource(database.url(), database.user(), "");
        Flyway.configure()
                .dataSource(source)
                .initSql("set role orders")
                .schemas("orders")
                .locations("classpath:db/orders")
                .load()
                .migrate();
        return source;
    }
}
