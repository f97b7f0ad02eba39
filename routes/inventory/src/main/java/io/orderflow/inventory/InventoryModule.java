package io.orderflow.inventory;

import static io.orderflow.contracts.Role.INVENTORY;

import io.orderflow.http.Audit;
import io.orderflow.http.Idempotency;
import io.orderflow.http.ops.OpsModule;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.component.jpa.JpaComponent;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Inventory as a part of an application. */
@Configuration(proxyBeanMethods = false)
@Import(OpsModule.class)
@EnableConfigurationProperties(InventorySettings.class)
@EntityScan(basePackageClasses = Article.class)
public class InventoryModule {

    @Bean
    Participant inventory(Stock stock) {
        return new Participant(INVENTORY, stock);
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
    Retention finalReservations(
            InventorySettings settings, @Value("${orderflow.messaging.inbox-retention:15d}") Duration inboxRetention) {
        var age = settings.remembering(inboxRetention).reservationRetention();
        return new Retention(INVENTORY, "final reservations", age, """
                delete from inventory.reservation where order_id in (
                    select order_id from inventory.reservation
                     where changed_at < ? and state in ('SOLD', 'RELEASED', 'REJECTED') limit ?)""");
    }

    @Bean
    Retention deliveryKeys(InventorySettings settings) {
        return new Retention(INVENTORY, "idempotency keys", settings.keyRetention(), """
                delete from inventory.idempotency_key where (caller, operation, key) in (
                    select caller, operation, key from inventory.idempotency_key where claimed_at < ? limit ?)""");
    }

    /**
     * camel-jpa for queries: without a transaction, for camel-jpa would take a second connection for it, and requests
     * that hold one while they wait for another bring a pool to a stand-still.
     */
    @Bean("jpa-read-component")
    @ConditionalOnMissingBean(name = "jpa-read-component")
    JpaComponent jpaReadComponent(EntityManagerFactory entities) {
        var component = new JpaComponent();
        component.setEntityManagerFactory(entities);
        component.setTransactionStrategy(Runnable::run);
        return component;
    }
}
