package io.orderflow.inventory;

import static io.orderflow.contracts.Role.INVENTORY;

import io.orderflow.contracts.Role;
import io.orderflow.http.Audit;
import io.orderflow.http.Idempotency;
import io.orderflow.http.JpaReads;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.Waiting;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Inventory as a part of an application. */
@Configuration(proxyBeanMethods = false)
@Import(JpaReads.class)
@EnableConfigurationProperties(InventorySettings.class)
@EntityScan(basePackageClasses = Article.class)
public class InventoryModule implements ServiceModule {

    @Override
    public Role role() {
        return INVENTORY;
    }

    @Override
    public boolean servesHttp() {
        return true;
    }

    @Bean
    Participant inventory(Stock stock) {
        return new Participant(this, stock);
    }

    @Bean
    Stock stock(JdbcTemplate jdbc, Clock clock, Audit audit) {
        return new Stock(new JdbcStockRows(jdbc, new Idempotency(jdbc, INVENTORY), audit), clock);
    }

    @Bean
    InventoryRoutes inventoryRoutes(Stock stock) {
        return new InventoryRoutes(InventoryChannels.declared(), stock);
    }

    @Bean
    InventoryApi inventoryApi() {
        return new InventoryApi(InventoryChannels.declared());
    }

    /**
     * What is final needs no memory once no event of its order can come any more. Reservations that still hold stock,
     * or wait for their order, stay.
     */
    @Bean
    Retention finalReservations(InventorySettings settings, Limits limits) {
        var age = limits.outlivingInbox("orderflow.inventory.reservation-retention", settings.reservationRetention());
        return new Retention(INVENTORY, "final reservations", age, JdbcStockRows.FORGET_RESERVATIONS);
    }

    /** What holds stock waits for its order's end; that it is never said is seen here. */
    @Bean
    Waiting reservations() {
        return new Waiting(
                INVENTORY,
                "inventory.reserved.oldest.age.seconds",
                "how long the oldest reservation waits for its order's end",
                JdbcStockRows.OLDEST_RESERVED);
    }

    @Bean
    Retention deliveryKeys(InventorySettings settings) {
        return new Retention(INVENTORY, "idempotency keys", settings.keyRetention(), JdbcStockRows.FORGET_KEYS);
    }
}
