package io.orderflow.payments;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Limits;
import org.apache.camel.ProducerTemplate;
import org.apache.hc.client5.http.classic.HttpClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The provider that is somewhere else, for {@code orderflow.payments.provider=http}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orderflow.payments.provider", havingValue = "http")
class HttpProviderModule {

    static final String CLIENT = "paymentProviderClient";

    @Bean
    PaymentProvider paymentProvider(ProducerTemplate camel) {
        return new HttpProvider(camel);
    }

    @Bean
    ProviderClient paymentProviderConnections(PaymentsSettings settings, Limits limits) {
        // Charges and undos have workers of their own.
        return new ProviderClient(settings.http().checked(), 2 * limits.workers());
    }

    @Bean(CLIENT)
    HttpClient paymentProviderClient(ProviderClient connections) {
        return connections.client();
    }

    @Bean(ProviderRoutes.CIRCUIT)
    CircuitBreaker paymentProviderCircuit(PaymentsSettings settings) {
        return ProviderCircuit.breaker(settings.http().openFor());
    }

    @Bean
    ProviderCircuit paymentProviderHealthIndicator(CircuitBreaker circuit, MeterRegistry meters) {
        return ProviderCircuit.watched(circuit, meters);
    }

    @Bean
    ProviderRoutes providerRoutes(PaymentsSettings settings, ProviderClient connections) {
        var http = settings.http();
        return new ProviderRoutes(endpoint(http), ApiKey.in(http.apiKeyFile()));
    }

    /** The provider as an endpoint. */
    static String endpoint(HttpProviderSettings settings) {
        return settings.url() + "?httpClient=#" + CLIENT
                + "&headerFilterStrategy=#paymentProviderConnections"
                + "&throwExceptionOnFailure=false&followRedirects=false&copyHeaders=false"
                + "&contentTypeCharsetEnabled=false&clearExpiredCookies=false";
    }
}
