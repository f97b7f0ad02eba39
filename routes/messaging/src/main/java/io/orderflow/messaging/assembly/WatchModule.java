package io.orderflow.messaging.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Lags;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Waiting;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.watch.ClockWatch;
import io.orderflow.messaging.watch.Counters;
import io.orderflow.messaging.watch.Gauges;
import io.orderflow.messaging.watch.KafkaLags;
import io.orderflow.messaging.watch.KafkaProgress;
import io.orderflow.messaging.watch.StoppedConsumers;
import io.orderflow.messaging.watch.Tracers;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What sees how the backbone does: figures, and what is said of servers that are away. */
@Configuration(proxyBeanMethods = false)
class WatchModule {

    private static final Logger log = LoggerFactory.getLogger(WatchModule.class);

    @Bean
    Outages outages(JdbcTemplate jdbc, ObjectProvider<KafkaProgress> brokers) {
        return new Outages(() -> ask(jdbc), () -> brokers.getObject().ask());
    }

    /** By a second connection, where the first that the pool gives turns out to be broken. */
    private static void ask(JdbcTemplate database) {
        try {
            database.execute("select 1");
        } catch (CannotGetJdbcConnectionException e) {
            throw e;
        } catch (DataAccessException e) {
            database.execute("select 1");
        }
    }

    @Bean
    ClockWatch clockWatch(JdbcTemplate jdbc, Clock clock) {
        return new ClockWatch(jdbc, clock);
    }

    @Bean
    Counters counters(MeterRegistry meters, List<Participant> participants, Topology topology) {
        return new Counters(meters, participants.stream().map(Participant::role).toList(), topology);
    }

    @Bean
    Gauges gauges(
            MeterRegistry meters,
            Topology topology,
            MessagingSettings settings,
            KafkaProgress progress,
            ClockWatch clock,
            JdbcTemplate jdbc,
            ObjectProvider<Waiting> waiting,
            StoppedConsumers stopped,
            ObjectProvider<CamelContext> camel,
            Outages outages) {
        return new Gauges(
                meters, topology, settings.cluster(), progress, clock, jdbc, waiting, stopped, camel, outages);
    }

    @Bean
    StoppedConsumers stoppedConsumers() {
        return new StoppedConsumers();
    }

    @Bean(destroyMethod = "close")
    KafkaProgress progress(
            Backbones backbones, Topology topology, MessagingSettings settings, JdbcTemplate jdbc, Outages outages) {
        var cluster = settings.cluster();
        Function<Role, Outbox> outboxes = role -> backbones.of(role).tables().outbox();
        return new KafkaProgress(outboxes, topology, cluster, jdbc, cluster::admin, outages);
    }

    /** An agent that says it is in the process goes before the collector. */
    @Bean(destroyMethod = "close")
    Tracers tracers(MessagingSettings settings, ObjectProvider<Tracer> given, Outages outages) {
        var tracer = given.getIfAvailable();
        boolean collected = !settings.spansTo().isEmpty() && !GlobalOpenTelemetry.isSet();
        if (collected && tracer == null) {
            return Tracers.collector(
                    settings.spansTo(),
                    e -> outages.report(log, "spans", "the collector does not take them, and they are dropped", e));
        }
        if (!settings.spans()) {
            return Tracers.none();
        }
        return tracer == null ? Tracers.ofTheAgent() : Tracers.given(tracer);
    }

    @Bean
    Lags lags(KafkaProgress progress, MessagingSettings settings, Outages outages) {
        return new KafkaLags(progress, settings.cluster(), outages);
    }

    @Bean
    WatchedRoutes watchedRoutes(MeterRegistry meters, Tracers tracers, Outages outages) {
        return new WatchedRoutes(meters, tracers, outages);
    }
}
