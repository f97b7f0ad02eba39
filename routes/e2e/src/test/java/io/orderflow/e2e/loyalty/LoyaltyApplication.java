package io.orderflow.e2e.loyalty;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.assembly.MessagingModule;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Loyalty as a process of its own. Nothing of orderflow changes for it, and no request comes in here. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({LoyaltyModule.class, MessagingModule.class})
public class LoyaltyApplication {

    /** What the topics and rights are made from. */
    public static final Topology TOPOLOGY = LoyaltyChannels.TOPOLOGY;

    public static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplication(LoyaltyApplication.class).run(settings);
    }
}
