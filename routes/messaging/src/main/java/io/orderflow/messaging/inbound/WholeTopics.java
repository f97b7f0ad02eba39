package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Rereading;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.tables.Received;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Topics read from end to end beside the role's group, by a consumer that joins and commits nothing. */
public final class WholeTopics implements Rereading {

    private static final Logger log = LoggerFactory.getLogger(WholeTopics.class);

    private static final Reread NOTHING = new Reread(0, 0);
    private static final ByteArrayDeserializer BYTES = new ByteArrayDeserializer();

    private final Receivers receivers;
    private final KafkaCluster cluster;
    private final Duration patience;

    /** @param patience how long one batch waits for a database that is away */
    public WholeTopics(Receivers receivers, KafkaCluster cluster, Duration patience) {
        this.receivers = receivers;
        this.cluster = cluster;
        this.patience = patience;
    }

    @Override
    public Reread reread(Role role) {
        var all = NOTHING;
        for (var topic : receivers.topics(role)) {
            all = all.plus(reread(receivers.of(role, topic)));
        }
        return all;
    }

    private Reread reread(IdempotentReceiver receiver) {
        var topic = receiver.channel().topic();
        var all = NOTHING;
        try (var consumer = new KafkaConsumer<>(settings(receiver.role()), BYTES, BYTES)) {
            var whole = new WholeTopic(consumer, cluster.topic(topic));
            while (whole.hasMore()) {
                insistOnRunning(receiver);
                all = all.plus(again(receiver, understood(receiver, whole.next())));
            }
        }
        return all;
    }

    private Properties settings(Role role) {
        var settings = new Properties();
        settings.putAll(cluster.options());
        settings.put("bootstrap.servers", cluster.brokers());
        settings.put("client.id", cluster.group(role) + "-reread");
        settings.put("enable.auto.commit", "false");
        // What the broker deletes meanwhile is not there to be read.
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    private static void insistOnRunning(IdempotentReceiver receiver) {
        receiver.insistOnItsFlow();
        if (receiver.backbone().stopper().isStopped()) {
            throw new Failures.Stopping(receiver.channel().topic());
        }
    }

    private static List<Inbound.Understood> understood(
            IdempotentReceiver receiver, List<ConsumerRecord<byte[], byte[]>> records) {
        List<Received> received = records.stream()
                .map(record -> RestoredDatabase.received(receiver.channel().topic(), record))
                .toList();
        return received.stream()
                .map(receiver::look)
                .filter(Inbound.Understood.class::isInstance)
                .map(Inbound.Understood.class::cast)
                .toList();
    }

    /** All in one transaction, or one by one where that fails for a reason that no waiting mends. */
    private Reread again(IdempotentReceiver receiver, List<Inbound.Understood> events) {
        if (events.isEmpty()) {
            return NOTHING;
        }
        try {
            receiver.backbone()
                    .stopper()
                    .insist(
                            () -> once(receiver, events),
                            patience,
                            receiver.channel().topic(),
                            (attempt, failure) -> log.debug("{}: waits, {}", receiver.channel(), attempt, failure));
            return new Reread(events.size(), 0);
        } catch (RuntimeException e) {
            if (e instanceof Failures.Stopping || Failures.isInfrastructure(e)) {
                throw e;
            }
            if (events.size() > 1) {
                return events.stream()
                        .map(event -> again(receiver, List.of(event)))
                        .reduce(NOTHING, Reread::plus);
            }
            var event = events.getFirst().received();
            log.warn("{}: {} is passed over when read again: {}", receiver.role(), event, Failures.describe(e));
            return new Reread(0, 1);
        }
    }

    private static void once(IdempotentReceiver receiver, List<Inbound.Understood> events) {
        receiver.backbone().run(transaction -> {
            receiver.receiveAgain(transaction, events);
            return null;
        });
    }
}
