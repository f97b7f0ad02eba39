package io.orderflow.outside.carrier;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.outside.CallRoutes;
import io.orderflow.outside.Company;
import io.orderflow.outside.CompanyName;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** As much of the shipping service as calls its carrier. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShippingSettings.class)
class ShippingModule {

    /** In a service it comes from the backbone, by {@code Limits.workers()}. */
    private static final int WORKERS = 4;

    @Bean
    Company carrier(ShippingSettings settings, MeterRegistry meters) {
        var name = new CompanyName("shipping", "carrier", "orderflow.shipping.http");
        return new Company(name, settings.http(), WORKERS, meters);
    }

    @Bean
    CallRoutes<Parcel, Label> carrierRoutes(Company carrier, ProducerTemplate camel) {
        return new CallRoutes<>(carrier, camel, CarrierMessages::request, CarrierMessages::answer);
    }

    @Bean
    ShippingRoutes shippingRoutes(CallRoutes<Parcel, Label> carrier) {
        return new ShippingRoutes("direct:parcels", "mock:labels", carrier);
    }
}
