package io.orderflow.payments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.outside.CallRoutes;
import io.orderflow.outside.Company;
import io.orderflow.outside.OutsideSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;

/** The adapter {@code http} without the rest of payments: its company, its route, its messages. */
final class AdapterOverHttp implements AutoCloseable {

    static final String API_KEY = "canary-api-key-0123456789";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Company company;
    private final PaymentProvider provider;

    private AdapterOverHttp(OutsideSettings settings) {
        company = new Company(HttpProviderModule.PROVIDER, settings, 16, new SimpleMeterRegistry());
        company.circuit().transitionToDisabledState();
        var calls = new CallRoutes<>(
                company, camel.createProducerTemplate(), ProviderMessages::request, ProviderMessages::answer);
        try {
            camel.addRoutes(calls);
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        provider = new HttpProvider(calls);
    }

    /** One whose circuit never opens. */
    static AdapterOverHttp to(URI address, Duration readTimeout) {
        return new AdapterOverHttp(new OutsideSettings(
                address.toString(),
                keyFile(),
                Duration.ofSeconds(5),
                readTimeout,
                readTimeout.multipliedBy(2),
                Duration.ofSeconds(10),
                false));
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
        company.close();
    }
}
