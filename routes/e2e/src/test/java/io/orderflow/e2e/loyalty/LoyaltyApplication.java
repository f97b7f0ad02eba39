package io.orderflow.e2e.loyalty;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.assembly.MessagingModule;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformWebMvcConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Loyalty as a process of its own. Nothing of orderflow changes for it. No request comes in here, and Camel's
 * platform-http, which e2e has on its class path for others, insists on a server.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {SpringBootPlatformHttpAutoConfiguration.class, SpringBootPlatformWebMvcConfiguration.class})
@Import({LoyaltyModule.class, MessagingModule.class})
public class LoyaltyApplication {

    /** What the topics and rights are made from. */
    public static final Topology TOPOLOGY = LoyaltyChannels.TOPOLOGY;

    public static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplication(LoyaltyApplication.class).run(settings);
    }
}
