package io.orderflow.http;

import jakarta.persistence.EntityManagerFactory;
import org.apache.camel.component.jpa.JpaComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code jpa-read:}, camel-jpa for the queries of every service that keeps its model with JPA. */
@Configuration(proxyBeanMethods = false)
public class JpaReads {

    /**
     * Without a transaction, for camel-jpa would take a second connection for it, and requests that hold one while they wait for another bring a pool to a stand-still.
     */
    @Bean("jpa-read-component")
    JpaComponent jpaReadComponent(EntityManagerFactory entities) {
        var component = new JpaComponent();
        component.setEntityManagerFactory(entities);
        component.setTransactionStrategy(Runnable::run);
        return component;
    }
}
