package io.orderflow.payments;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Limits;
import io.orderflow.outside.CallRoutes;
import io.orderflow.outside.Company;
import io.orderflow.outside.CompanyName;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The provider that is somewhere else, for {@code orderflow.payments.provider=http}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orderflow.payments.provider", havingValue = "http")
class HttpProviderModule {

    static final CompanyName PROVIDER = new CompanyName("payments", "provider", "orderflow.payments.http");

    /** Its name is the provider's in the health group. */
    @Bean
    Company paymentProvider(PaymentsSettings settings, Limits limits, MeterRegistry meters) {
        // Charges and undos have workers of their own.
        return new Company(PROVIDER, settings.http(), 2 * limits.workers(), meters);
    }

    @Bean
    CallRoutes<ProviderCall, ProviderAnswer> providerRoutes(Company paymentProvider, ProducerTemplate camel) {
        return new CallRoutes<>(paymentProvider, camel, ProviderMessages::request, ProviderMessages::answer);
    }

    @Bean
    PaymentProvider httpPaymentProvider(CallRoutes<ProviderCall, ProviderAnswer> provider) {
        return new HttpProvider(provider);
    }
}
