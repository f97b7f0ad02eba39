package io.orderflow.messaging.inbound;

import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The backbone's consumers, whose polls fail as often as a test says, right after one that returned records: in turn
 * because of who they are and because of what they may read.
 */
public final class UnreliableClients extends DrainingClients {

    private final AtomicInteger failures = new AtomicInteger();

    /** Brings them into an instance in place of the others: {@code --spring.main.sources=}, with overriding allowed. */
    @Configuration(proxyBeanMethods = false)
    public static class Module {
        @Bean(AdapterRoutes.CLIENTS)
        UnreliableClients unreliableClients() {
            return new UnreliableClients();
        }
    }

    public void fail(int polls) {
        failures.set(polls);
    }

    public int left() {
        return failures.get();
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Properties settings) {
        return new Unreliable(settings);
    }

    private final class Unreliable extends DrainingConsumer {

        private boolean fetched;
        private boolean authentication;

        private Unreliable(Properties settings) {
            super(settings);
        }

        @Override
        ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
            if (fetched && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                fetched = false;
                authentication = !authentication;
                throw authentication
                        ? new SaslAuthenticationException("the certificate is being renewed")
                        : new TopicAuthorizationException(Set.of("order_events"));
            }
            var records = super.fetch(timeout);
            fetched |= !records.isEmpty();
            return records;
        }
    }
}
