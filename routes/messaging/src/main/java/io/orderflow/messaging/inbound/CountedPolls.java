package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.watch.Counters;
import io.orderflow.messaging.watch.StoppedConsumers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what consumers cannot do, by the role and the topic as they are declared, and shows none as stopped that has
 * nothing to do.
 */
public record CountedPolls(Counters counters, StoppedConsumers stopped, KafkaCluster cluster, Outages outages)
        implements DrainingConsumer.Told {

    private static final Logger log = LoggerFactory.getLogger(DrainingConsumer.class);

    @Override
    public void pollFailed(String group, String topic) {
        counters.pollFailed(new Role(cluster.declared(group)), cluster.declared(topic));
    }

    @Override
    public void failed(String who, String what, RuntimeException failure, Outages.Line line) {
        outages.report(log, who, what, failure, line);
    }

    @Override
    public void assignedNothing(String group, String topic) {
        stopped.goesOn(new Role(cluster.declared(group)), cluster.declared(topic));
    }

    @Override
    public void missed(String group, String topic, long events) {
        counters.missed(new Role(cluster.declared(group)), cluster.declared(topic), events);
    }
}
