package io.orderflow.messaging.inbound;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Makes consumers that drain, each beginning where its service has to ({@link DrainingConsumer}). */
public class DrainingClients extends DefaultKafkaClientFactory {

    /** Where to begin, by the name of the group; only for groups whose consumers have no offset to begin with. */
    private final Map<String, Beginnings> beginnings;

    private final DrainingConsumer.Told told;

    public DrainingClients() {
        this(Map.of(), new DrainingConsumer.Told() {});
    }

    public DrainingClients(Map<String, Beginnings> beginnings, DrainingConsumer.Told told) {
        this.beginnings = beginnings;
        this.told = told;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Properties settings) {
        var beginning = beginnings.get(settings.getProperty("group.id"));
        return beginning == null ? new DrainingConsumer(settings, told) : new Beginning(settings, told, beginning);
    }

    /** A consumer whose first position is a noted one, and that reads nothing before it. */
    private static final class Beginning extends DrainingConsumer {

        private final Properties settings;
        private final Beginnings beginnings;

        private Beginning(Properties settings, DrainingConsumer.Told told, Beginnings beginnings) {
            super(settings, told);
            this.settings = settings;
            this.beginnings = beginnings;
        }

        @Override
        void begin(Set<TopicPartition> partitions) {
            beginAt(starts(partitions));
        }

        /** The noted positions, as far as the log has them. */
        @Override
        Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
            var noted = noted(partitions);
            var first = super.starts(partitions);
            var end = endOffsets(partitions, BrokersAnswer.LONGEST);
            return partitions.stream()
                    .collect(toMap(
                            Function.identity(),
                            partition -> Math.clamp(
                                    noted.getOrDefault(partition, 0L), first.get(partition), end.get(partition))));
        }

        private Map<TopicPartition, Long> noted(Set<TopicPartition> partitions) {
            Map<TopicPartition, Long> noted = new HashMap<>();
            partitions.stream()
                    .map(TopicPartition::topic)
                    .distinct()
                    .forEach(topic -> noted.putAll(beginnings.of(topic, settings)));
            return noted;
        }
    }
}
