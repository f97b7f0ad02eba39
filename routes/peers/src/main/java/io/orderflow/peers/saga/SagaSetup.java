package io.orderflow.peers.saga;

import io.orderflow.provider.Books;
import io.orderflow.provider.Faults;
import io.orderflow.provider.Simulator;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.converter.ByteArrayJacksonJsonMessageConverter;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.backoff.ExponentialBackOff;
import tools.jackson.databind.json.JsonMapper;

/** What the services share besides their process: the mapping, the provider, and what happens when a step fails. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
@EnableScheduling
public class SagaSetup {

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    /** The same that ours is compared with, so that nobody pays with a faster one. */
    @Bean
    public Simulator provider(DataSource database) {
        return new Simulator(new Books(database).open(), Simulator.SLOW, Faults.none());
    }

    /** Messages are JSON. */
    @Bean
    public ByteArrayJacksonJsonMessageConverter messagesAsJson(JsonMapper json) {
        return new ByteArrayJacksonJsonMessageConverter(json);
    }

    /**
     * Spring's own default gives an event up after ten attempts in a row, which an outage of seconds would survive
     * none of; here it is tried until it is done.
     */
    @Bean
    public CommonErrorHandler triedUntilDone() {
        var pauses = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MS);
        return new DefaultErrorHandler(pauses);
    }
}
