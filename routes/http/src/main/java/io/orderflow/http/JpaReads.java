package io.orderflow.http;

import jakarta.persistence.EntityManagerFactory;
import org.apache.camel.component.jpa.JpaComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code jpa-read:}, camel-jpa for the queries of every service that keeps its model with JPA. */
@Configuration(proxyBeanMethods = false)
public class JpaReads {

    /**
     * Runs without a transaction. For one camel-jpa would take a second connection, and a pool stands still when each
     * of its connections belongs to a request that waits for another one.
     */
    @Bean("jpa-read-component")
    JpaComponent jpaReadComponent(EntityManagerFactory entities) {
        var component = new JpaComponent();
        component.setEntityManagerFactory(entities);
        component.setTransactionStrategy(Runnable::run);
        return component;
    }
}
