package io.orderflow.strimzi;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Topology;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A topic for every declared channel. */
final class Topics {

    private Topics() {}

    static List<KafkaTopic> of(Topology topology, Shape shape) {
        return topology.channels().stream().map(channel -> topic(channel, shape)).toList();
    }

    private static KafkaTopic topic(Channel channel, Shape shape) {
        return new KafkaTopicBuilder()
                .withNewMetadata()
                    .withName(channel.topic().replace('_', '-'))
                    .addToLabels(Cluster.CLUSTER, shape.cluster())
                .endMetadata()
                .withNewSpec()
                    .withTopicName(channel.topic())
                    .withPartitions(shape.partitions())
                    .withReplicas(shape.replicas())
                    .withConfig(config(channel, shape))
                .endSpec()
                .build();
    }

    private static Map<String, Object> config(Channel channel, Shape shape) {
        Map<String, Object> config = new TreeMap<>();
        config.put("cleanup.policy", channel.compacted() ? "compact,delete" : "delete");
        // When an event goes is reckoned by the broker's clock and by no writer's.
        config.put("message.timestamp.type", "LogAppendTime");
        config.put("min.insync.replicas", shape.minInSync());
        config.put("retention.ms", milliseconds(shape.retention()));
        // An event stays until its whole segment is past the retention; the services' inboxes reckon with this day.
        config.put("segment.ms", milliseconds(Duration.ofDays(1)));
        if (channel.compacted()) {
            // What was erased is gone from the disks within a day or so, although segments are written slowly.
            config.put("max.compaction.lag.ms", milliseconds(Duration.ofDays(1)));
            // Whoever was away meanwhile hears of it all the same.
            config.put("delete.retention.ms", milliseconds(shape.retention()));
        }
        return config;
    }

    /** As text: a number of this size comes back from a cluster as another type and would look changed. */
    private static String milliseconds(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
