package io.orderflow.inventory;

import io.orderflow.testkit.Postgres;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of its own with inventory's schema, migrated as the backbone does it at start-up. */
final class InventoryDatabase {

    private InventoryDatabase() {}

    static DataSource fresh() {
        var database = Postgres.shared().freshDatabase();
        var source = new DriverManagerDataSource(database.url(), database.user(), "");
        Flyway.configure()
                .dataSource(source)
                .initSql("set role inventory")
                .schemas("inventory")
                .locations("classpath:db/inventory")
                .load()
                .migrate();
        return source;
    }
}
