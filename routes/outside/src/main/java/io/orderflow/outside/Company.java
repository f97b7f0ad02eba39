package io.orderflow.outside;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.apache.camel.spi.Registry;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * A company outside that a service calls over HTTP: the connections to it, the key that it knows us by, and whether it
 * is called at all. As a bean it shows, under the bean's name, in the health group of what others do for us; and as the
 * figure {@code shipping.carrier.open}. What is said to it is for {@link CallRoutes}.
 */
public final class Company implements HealthIndicator, BeanNameAware, AutoCloseable {

    private final CompanyName name;
    private final String url;
    private final ApiKey key;
    private final Circuit circuit;
    private final Connections connections;
    private String bean;

    /**
     * @param callsAtOnce how many connections there may be: as many as workers call it
     * @throws IllegalArgumentException if a setting is wrong or the file has no key, with the setting's name
     */
    public Company(CompanyName name, OutsideSettings settings, int callsAtOnce, MeterRegistry meters) {
        settings.check(name);
        this.name = name;
        this.bean = name.company();
        this.url = settings.url();
        this.key = ApiKey.in(settings.apiKeyFile(), name);
        this.circuit = new Circuit(name, settings.openFor(), meters);
        this.connections = new Connections(name, settings, callsAtOnce);
    }

    /** Where something in this process stands in for the company: no calls, and a figure that says so. */
    public static void absent(CompanyName name, MeterRegistry meters) {
        Circuit.absent(name, meters);
    }

    @Override
    public void setBeanName(String name) {
        bean = name;
    }

    /** The circuit, for a test that opens it or leaves it out. */
    public CircuitBreaker circuit() {
        return circuit.breaker();
    }

    /** Down while it is not called. */
    @Override
    public Health health() {
        return circuit.isOpen() ? Health.down().build() : Health.up().build();
    }

    CompanyName name() {
        return name;
    }

    String key() {
        return key.value();
    }

    /** Makes known to Camel what {@link #endpoint} and {@link #circuitName} name. */
    void enter(Registry registry) {
        registry.bind(bean + "Client", connections.client());
        registry.bind(bean + "Connections", connections);
        registry.bind(circuitName(), circuit);
    }

    String circuitName() {
        return bean + "Circuit";
    }

    String endpoint() {
        return url + "?httpClient=#" + bean + "Client"
                + "&headerFilterStrategy=#" + bean + "Connections"
                + "&throwExceptionOnFailure=false&followRedirects=false&copyHeaders=false"
                + "&contentTypeCharsetEnabled=false&clearExpiredCookies=false";
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
