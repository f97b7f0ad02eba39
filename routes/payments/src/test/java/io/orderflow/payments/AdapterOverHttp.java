package io.orderflow.payments;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;

/** The adapter {@code http} without the rest of payments: its client, its route, its circuit. */
final class AdapterOverHttp implements AutoCloseable {

    static final String API_KEY = "canary-api-key-0123456789";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProviderClient client;
    private final PaymentProvider provider;

    AdapterOverHttp(HttpProviderSettings settings, CircuitBreaker circuit) {
        client = new ProviderClient(settings, 16);
        camel.getRegistry().bind(HttpProviderModule.CLIENT, client.client());
        camel.getRegistry().bind("paymentProviderConnections", client);
        camel.getRegistry().bind(ProviderRoutes.CIRCUIT, circuit);
        try {
            camel.addRoutes(
                    new ProviderRoutes(HttpProviderModule.endpoint(settings), ApiKey.in(settings.apiKeyFile())));
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        provider = new HttpProvider(camel.createProducerTemplate());
    }

    /** One whose circuit never opens. */
    static AdapterOverHttp to(URI address, Duration readTimeout) {
        var circuit = CircuitBreaker.ofDefaults("never-opens");
        circuit.transitionToDisabledState();
        return new AdapterOverHttp(settings(address, readTimeout, Duration.ofSeconds(10)), circuit);
    }

    static HttpProviderSettings settings(URI address, Duration readTimeout, Duration openFor) {
        return new HttpProviderSettings(
                        address.toString(),
                        keyFile(),
                        Duration.ofSeconds(5),
                        readTimeout,
                        readTimeout.multipliedBy(2),
                        openFor,
                        false)
                .checked();
    }

    /** A file with the key. */
    static Path keyFile() {
        try {
            var file = Files.createTempFile("api-key", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, API_KEY + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PaymentProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        camel.close();
        client.close();
    }
}
