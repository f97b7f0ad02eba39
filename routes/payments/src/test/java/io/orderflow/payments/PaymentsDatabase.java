package io.orderflow.payments;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.testkit.Postgres;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of its own with payments' schema and the simulated provider's, migrated as the backbone does it. */
final class PaymentsDatabase {

    private PaymentsDatabase() {}

    /** A pool for several threads; to be closed. */
    static HikariDataSource fresh() {
        var database = Postgres.shared().freshDatabase();
        Flyway.configure()
                .dataSource(new DriverManagerDataSource(database.url(), database.user(), ""))
                .initSql("set role payments")
                .schemas("payments")
                .locations("classpath:db/payments")
                .load()
                .migrate();
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(8);
        return pool;
    }
}
