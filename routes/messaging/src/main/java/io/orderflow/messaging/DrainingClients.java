package io.orderflow.messaging;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Kafka consumers that answer the poll after one that returned records with nothing, without touching the broker.
 *
 * <p>Camel dispatches a batch only when a later poll returns, and drops what it holds when that poll throws. So the poll that makes it dispatch must not be able to throw. It also makes a
 * trickle flow: a batch is what one poll returned, a single record when little happens and hundreds under load.
 */
class DrainingClients extends DefaultKafkaClientFactory {

    @Override
    public Consumer<byte[], byte[]> getConsumer(Properties settings) {
        return new Draining(settings);
    }

    /** A consumer that drains; what it fetches comes from {@link #fetch}. */
    static class Draining extends KafkaConsumer<byte[], byte[]> {

        private boolean drain;

        Draining(Properties settings) {
            super(settings);
        }

        @Override
        public final ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (drain) {
                drain = false;
                return ConsumerRecords.empty();
            }
            var records = fetch(timeout);
            drain = !records.isEmpty();
            return records;
        }

        ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
            return super.poll(timeout);
        }
    }
}
