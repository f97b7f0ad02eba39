package io.orderflow.messaging.assembly;

import io.orderflow.messaging.Parking;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.inbound.ParkedEvents;
import io.orderflow.messaging.inbound.Receivers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators do with events that went wrong: those that could not be handled. */
@Configuration(proxyBeanMethods = false)
class OperatorsModule {

    @Bean
    Parking parking(Backbones backbones, Receivers receivers, MessagingSettings settings) {
        return new ParkedEvents(backbones, receivers, settings.releaseWindow());
    }
}
