package io.orderflow.messaging.inbound;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The backbone's consumers, whose polls fail with an authentication error as often as a test says, in the middle of
 * their work.
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

    private final class Unreliable extends Draining {

        private boolean fetched;

        private Unreliable(Properties settings) {
            super(settings);
        }

        @Override
        ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
            if (fetched && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                fetched = false;
                throw new SaslAuthenticationException("the certificate is being renewed");
            }
            var records = super.fetch(timeout);
            fetched |= !records.isEmpty();
            return records;
        }
    }
}
