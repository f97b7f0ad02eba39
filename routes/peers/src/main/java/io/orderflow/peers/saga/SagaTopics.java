package io.orderflow.peers.saga;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

/** The contestant's own topics: those of the published language, with its name before them. */
@Configuration(proxyBeanMethods = false)
public class SagaTopics {

    private static final int PARTITIONS = 4;

    private final String prefix;
    private final Map<Class<? extends Event>, String> topics;

    public SagaTopics(@Value("${peers.name}") String name) {
        prefix = name + "_";
        topics = Topology.ORDERFLOW.channels().stream()
                .flatMap(channel -> channel.events().stream()
                        .map(type -> Map.<Class<? extends Event>, String>entry(type, prefix + channel.topic())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Where an event is said. */
    public String of(Event event) {
        return topics.get(event.getClass());
    }

    /** Spring makes those that are not there. */
    @Bean
    public NewTopics sagaTopicsOnTheBroker() {
        return new NewTopics(Topology.ORDERFLOW.channels().stream()
                .map(Channel::topic)
                .map(topic -> TopicBuilder.name(prefix + topic)
                        .partitions(PARTITIONS)
                        .replicas(1)
                        .build())
                .toArray(NewTopic[]::new));
    }
}
