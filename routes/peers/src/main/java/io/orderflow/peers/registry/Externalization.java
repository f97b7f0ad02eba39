package io.orderflow.peers.registry;

import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.SagaTopics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.modulith.events.support.EventExternalizerModuleListener;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which events go to Kafka, and where to. What sends them is what Modulith's own module for Kafka declares (a listener
 * with a transport), written out because that module's release is not to be had at every repository.
 */
@Configuration(proxyBeanMethods = false)
class Externalization {

    /** Modulith wants it before Spring can inject into constructors. */
    @Bean
    static EventExternalizationConfiguration everythingThatIsSaid(Environment environment) {
        var topics = new SagaTopics(environment.getRequiredProperty("peers.name"));
        return EventExternalizationConfiguration.externalizing()
                .selectByType(EventMessage.class)
                .route(EventMessage.class, said -> RoutingTarget.forTarget(topics.of(said.event()))
                        .andKey(said.orderId().toString()))
                .build();
    }

    @Bean
    EventExternalizerModuleListener toKafka(
            EventExternalizationConfiguration configuration, KafkaTemplate<String, String> kafka, JsonMapper json) {
        return new EventExternalizerModuleListener(
                configuration,
                (event, target) -> kafka.send(target.getTarget(), target.getKey(), json.writeValueAsString(event)));
    }
}
