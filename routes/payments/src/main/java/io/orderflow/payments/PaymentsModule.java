package io.orderflow.payments;

import static io.orderflow.contracts.Role.PAYMENTS;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.outside.Company;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** The payments service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentsSettings.class)
@Import(HttpProviderModule.class)
public class PaymentsModule implements ServiceModule {

    @Override
    public Role role() {
        return PAYMENTS;
    }

    /** The books of the simulated provider, where it is that one which is asked. */
    @Override
    public List<String> moreMigrations(Environment settings) {
        return PaymentsSettings.in(settings).isSimulated() ? List.of("provider") : List.of();
    }

    @Override
    public List<String> callsOutside() {
        return List.of("provider");
    }

    @Bean
    PaymentRows paymentRows(JdbcTemplate jdbc) {
        return new JdbcPaymentRows(jdbc);
    }

    @Bean
    Payments paymentsUnit(PaymentRows paymentRows, Clock clock, PaymentsSettings settings) {
        return new Payments(paymentRows, clock, settings);
    }

    @Bean
    Participant payments(Payments paymentsUnit) {
        return new Participant(this, paymentsUnit);
    }

    @Bean
    @ConditionalOnProperty(name = "orderflow.payments.provider", havingValue = "simulated", matchIfMissing = true)
    PaymentProvider simulatedPaymentProvider(DataSource database, MeterRegistry meters) {
        Company.absent(HttpProviderModule.PROVIDER, meters);
        return new SimulatedProvider(database);
    }

    @Bean
    RefundWatch refundWatch(PaymentRows paymentRows, MeterRegistry meters) {
        return new RefundWatch(paymentRows, meters);
    }

    @Bean
    PaymentsRoutes paymentsRoutes(
            Payments paymentsUnit,
            PaymentProvider paymentProvider,
            RefundWatch refundWatch,
            PaymentsSettings settings) {
        var cashier = new Cashier(paymentProvider, settings);
        return new PaymentsRoutes(PaymentsChannels.declared(), paymentsUnit, cashier, refundWatch);
    }

    /** What is final needs no memory once no event of its order can come any more. */
    @Bean
    Retention finishedPayments(PaymentsSettings settings, Limits limits) {
        var age = limits.outlivingInbox("orderflow.payments.retention", settings.retention());
        return new Retention(PAYMENTS, "finished payments", age, JdbcPaymentRows.FORGET_PAYMENTS);
    }
}
