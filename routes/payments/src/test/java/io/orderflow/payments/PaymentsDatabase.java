package io.orderflow.payments;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.counter.Schemas;

/** A database of its own with payments' schema and the simulated provider's. */
final class PaymentsDatabase {

    private PaymentsDatabase() {}

    /** A pool for several threads; to be closed. */
    static HikariDataSource fresh() {
        var database = Schemas.fresh(Role.PAYMENTS, "provider");
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.getUrl());
        pool.setUsername(database.getUsername());
        pool.setMaximumPoolSize(8);
        return pool;
    }
}
