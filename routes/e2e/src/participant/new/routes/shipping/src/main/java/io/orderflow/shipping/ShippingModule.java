package io.orderflow.shipping;

import static io.orderflow.contracts.Topology.SHIPPING;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.outside.CallRoutes;
import io.orderflow.outside.Company;
import io.orderflow.outside.CompanyName;
import java.time.Clock;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The shipping service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShippingSettings.class)
@Import(ShippingModule.OverHttp.class)
public class ShippingModule implements ServiceModule {

    private static final CompanyName CARRIER = new CompanyName("shipping", "carrier", "orderflow.shipping.http");

    @Override
    public Role role() {
        return SHIPPING;
    }

    /** Last year's parcels are with their customers. */
    @Override
    public boolean beginsWithWhatComes() {
        return true;
    }

    @Override
    public List<String> callsOutside() {
        return List.of("carrier");
    }

    @Bean
    ParcelRows parcelRows(JdbcTemplate jdbc) {
        return new JdbcParcelRows(jdbc);
    }

    @Bean
    Parcels parcels(ParcelRows parcelRows, Clock clock) {
        return new Parcels(parcelRows, clock);
    }

    @Bean
    Participant shipping(Parcels parcels) {
        return new Participant(this, parcels);
    }

    @Bean
    ShippingRoutes shippingRoutes(Parcels parcels, Carrier carrier) {
        return new ShippingRoutes(ShippingChannels.declared(), parcels, carrier);
    }

    @Bean
    @ConditionalOnProperty(name = "orderflow.shipping.carrier", havingValue = "simulated", matchIfMissing = true)
    Carrier simulatedCarrier(MeterRegistry meters) {
        Company.absent(CARRIER, meters);
        return parcel -> new ParcelSent(parcel.orderId(), "simulated-" + parcel.key());
    }

    /** What has a label needs no memory once no event of its order can come any more. */
    @Bean
    Retention sentParcels(ShippingSettings settings, Limits limits) {
        var age = limits.outlivingInbox("orderflow.shipping.retention", settings.retention());
        return new Retention(SHIPPING, "sent parcels", age, JdbcParcelRows.FORGET_PARCELS);
    }

    /** The carrier that is somewhere else. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "orderflow.shipping.carrier", havingValue = "http")
    static class OverHttp {

        @Bean
        Company carrier(ShippingSettings settings, Limits limits, MeterRegistry meters) {
            return new Company(CARRIER, settings.http(), limits.workers(), meters);
        }

        @Bean
        CallRoutes<SendParcel, ParcelSent> carrierRoutes(Company carrier, ProducerTemplate camel) {
            return new CallRoutes<>(carrier, camel, CarrierMessages::request, CarrierMessages::answer);
        }

        @Bean
        Carrier carrierOverHttp(CallRoutes<SendParcel, ParcelSent> carrierRoutes) {
            return carrierRoutes::call;
        }
    }
}
