package io.orderflow.e2e.loyalty;

import static io.orderflow.e2e.loyalty.LoyaltyChannels.LOYALTY;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Loyalty as a part of an application. */
@Configuration(proxyBeanMethods = false)
class LoyaltyModule {

    @Bean
    Topology topology() {
        return LoyaltyChannels.TOPOLOGY;
    }

    @Bean
    Points points(JdbcTemplate jdbc, Clock clock) {
        return new Points(jdbc, clock);
    }

    @Bean
    Participant loyalty(Points points) {
        return new Participant(LOYALTY, points);
    }

    @Bean
    LoyaltyRoutes loyaltyRoutes(Points points) {
        return new LoyaltyRoutes(LoyaltyChannels.declared(), points);
    }
}
