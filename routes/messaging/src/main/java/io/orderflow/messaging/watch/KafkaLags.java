package io.orderflow.messaging.watch;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Lags;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.relay.KafkaCluster;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lags as {@link KafkaProgress} reads them, a sum for each topic. */
public final class KafkaLags implements Lags {

    private static final Logger log = LoggerFactory.getLogger(KafkaLags.class);

    private final KafkaProgress progress;
    private final KafkaCluster kafka;
    private final Outages outages;

    public KafkaLags(KafkaProgress progress, KafkaCluster kafka, Outages outages) {
        this.progress = progress;
        this.kafka = kafka;
        this.outages = outages;
    }

    @Override
    public Optional<SortedMap<String, Long>> of(Role role) {
        try {
            SortedMap<String, Long> lags = new TreeMap<>();
            progress.lag(role)
                    .forEach((partition, events) -> lags.merge(kafka.declared(partition.topic()), events, Long::sum));
            return Optional.of(lags);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            outages.report(log, role.name(), "lag unknown", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
