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

        private static final Duration LONGEST_REST = Duration.ofMillis(25);

        private boolean drain;
        private long handedOver;

        Draining(Properties settings) {
            super(settings);
        }

        @Override
        public final ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (drain) {
                drain = false;
                handedOver = System.nanoTime();
                return ConsumerRecords.empty();
            }
            rest();
            var records = fetch(timeout);
            drain = !records.isEmpty();
            return records;
        }

        /** As long as the last batch took, so that the next one grows: under load a transaction costs more than what is in it. */
        private void rest() {
            if (handedOver == 0) {
                return;
            }
            long worked = System.nanoTime() - handedOver;
            handedOver = 0;
            try {
                Thread.sleep(Duration.ofNanos(Math.min(worked, LONGEST_REST.toNanos())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
            return super.poll(timeout);
        }
    }
}
