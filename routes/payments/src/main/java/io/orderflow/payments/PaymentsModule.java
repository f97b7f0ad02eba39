package io.orderflow.payments;

import static io.orderflow.contracts.Role.PAYMENTS;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The payments service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentsSettings.class)
public class PaymentsModule {

    @Bean
    Payments paymentsUnit(JdbcTemplate jdbc, Clock clock, PaymentsSettings settings) {
        return new Payments(new JdbcPaymentRows(jdbc), clock, settings);
    }

    @Bean
    Participant payments(Payments paymentsUnit) {
        return new Participant(PAYMENTS, paymentsUnit);
    }

    @Bean
    PaymentProvider paymentProvider(JdbcTemplate jdbc) {
        return new SimulatedProvider(jdbc);
    }

    @Bean
    PaymentsRoutes paymentsRoutes(Payments paymentsUnit, PaymentProvider paymentProvider, PaymentsSettings settings) {
        return new PaymentsRoutes(PaymentsChannels.declared(), paymentsUnit, new Cashier(paymentProvider, settings));
    }

    /** The alarm for refunds that keep failing. */
    @Bean
    Gauge failingRefunds(MeterRegistry meters, JdbcTemplate jdbc) {
        return Gauge.builder(
                        "payments.refund.failed",
                        () -> jdbc.queryForObject(
                                "select count(*) from payments.payment where state = 'REFUND_FAILED'", Long.class))
                .description("refunds that keep failing; each is tried again until it works")
                .register(meters);
    }

    @Bean
    Retention finishedPayments(PaymentsSettings settings) {
        return new Retention(PAYMENTS, "finished payments", settings.retention(), """
                delete from payments.payment where order_id in (
                    select order_id from payments.payment
                    where updated_at < ? and state in ('CAPTURED', 'DECLINED', 'REFUNDED', 'VOIDED') limit ?)""");
    }
}
