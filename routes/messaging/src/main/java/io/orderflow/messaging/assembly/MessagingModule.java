package io.orderflow.messaging.assembly;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.flow.Flows;
import io.orderflow.messaging.flow.OutboxComponent;
import io.orderflow.messaging.flow.TransactionComponent;
import io.orderflow.messaging.flow.WorkComponent;
import io.orderflow.messaging.inbound.AdapterRoutes;
import io.orderflow.messaging.inbound.Beginnings;
import io.orderflow.messaging.inbound.CountedPolls;
import io.orderflow.messaging.inbound.DrainingClients;
import io.orderflow.messaging.inbound.NoHeaders;
import io.orderflow.messaging.inbound.Receivers;
import io.orderflow.messaging.inbound.RestoredDatabase;
import io.orderflow.messaging.relay.Relay;
import io.orderflow.messaging.relay.Sweeper;
import io.orderflow.messaging.schema.Migrations;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Inbox;
import io.orderflow.messaging.tables.JdbcLeases;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.ParkedRows;
import io.orderflow.messaging.tables.Tables;
import io.orderflow.messaging.tables.WorkRows;
import io.orderflow.messaging.watch.ClockWatch;
import io.orderflow.messaging.watch.Counters;
import io.orderflow.messaging.watch.Gauges;
import io.orderflow.messaging.watch.Housekeeping;
import io.orderflow.messaging.watch.KafkaProgress;
import io.orderflow.messaging.watch.StoppedConsumers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The backbone for every {@link Participant} bean of the application. */
@Configuration(proxyBeanMethods = false)
@Import({OperatorsModule.class, WatchModule.class})
@EnableConfigurationProperties(MessagingSettings.class)
public class MessagingModule {

    private static final Duration MAKING_DAYS = Duration.ofSeconds(60);

    @Bean
    @ConditionalOnMissingBean
    Topology topology() {
        return Topology.ORDERFLOW;
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The hot path's transactions: plain JDBC, no persistence context. */
    @Bean
    @Primary
    JdbcTransactionManager transactionManager(DataSource database) {
        return new JdbcTransactionManager(database);
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    Leases leases(JdbcTemplate jdbc) {
        return new JdbcLeases(jdbc);
    }

    @Bean
    Backbones backbones(
            List<Participant> participants,
            DataSource database,
            JdbcTransactionManager transactionManager,
            JdbcTemplate jdbc,
            EventCodec codec,
            MessagingSettings settings,
            Outages outages,
            Environment environment) {
        return new Backbones(participants.stream()
                .map(participant -> {
                    var role = participant.role();
                    var migrations = participant.service().moreMigrations(environment);
                    prepareSchema(database, role, migrations, settings);
                    var outbox = new Outbox(jdbc, role, codec, settings.maxEventBytes());
                    var inbox = new Inbox(jdbc, role, settings.inboxRetention());
                    var tables = new Tables(role, inbox, outbox, new WorkRows(jdbc, role), new ParkedRows(jdbc, role));
                    var cluster = settings.cluster();
                    makeInboxDays(inbox);
                    var relay = new Relay(
                            role, outbox, cluster.relayProducer(role), cluster, outages, settings.relayedEvents());
                    return new Backbone(transactionManager, tables, relay, outages, participant.units());
                })
                .toList());
    }

    /** Makes the days that the first event needs; it gives way to others, so it may need more than one try. */
    private static void makeInboxDays(Inbox inbox) {
        new Stopper().insist(inbox::keepDays, MAKING_DAYS, "inbox days", (attempt, failure) -> {});
    }

    private static void prepareSchema(
            DataSource database, Role role, List<String> migrations, MessagingSettings settings) {
        switch (settings.schema()) {
            case MIGRATE -> Migrations.migrate(database, role, migrations);
            case AWAIT -> Migrations.await(database, role, migrations, settings.schemaPatience());
        }
    }

    @Bean
    Flows flows() {
        return new Flows();
    }

    @Bean
    Receivers receivers(Backbones backbones, Topology topology, EventCodec codec, Flows flows) {
        return new Receivers(backbones, topology, codec, flows);
    }

    @Bean
    RestoredDatabase restoredDatabase(
            Receivers receivers, MessagingSettings settings, JdbcTemplate jdbc, Counters counters, Outages outages) {
        return new RestoredDatabase(receivers, settings.cluster(), jdbc, counters, outages);
    }

    @Bean("transaction-component")
    TransactionComponent transactionComponent(Backbones backbones, Flows flows, MessagingSettings settings) {
        return new TransactionComponent(backbones, flows, settings.sharing());
    }

    @Bean("outbox-component")
    OutboxComponent outboxComponent(Topology topology) {
        return new OutboxComponent(topology);
    }

    @Bean("work-component")
    WorkComponent workComponent(Backbones backbones, MessagingSettings settings, Counters counters) {
        return new WorkComponent(backbones, settings::working, counters);
    }

    @Bean(AdapterRoutes.CLIENTS)
    @ConditionalOnMissingBean(KafkaClientFactory.class)
    KafkaClientFactory drainingKafkaClients(
            List<Participant> participants,
            JdbcTemplate jdbc,
            MessagingSettings settings,
            Counters counters,
            StoppedConsumers stopped,
            Outages outages) {
        var cluster = settings.cluster();
        var beginnings = participants.stream()
                .filter(participant -> participant.service().beginsWithWhatComes())
                .map(Participant::role)
                .distinct()
                .collect(Collectors.toMap(cluster::group, role -> new Beginnings(jdbc, role)));
        return new DrainingClients(beginnings, new CountedPolls(counters, stopped, cluster, outages));
    }

    /** No header of a record becomes a header of a message, and none of a message one of a record. */
    @Bean(AdapterRoutes.NO_HEADERS)
    HeaderFilterStrategy noHeaders() {
        return new NoHeaders();
    }

    @Bean
    AdapterRoutes adapterRoutes(
            Receivers receivers, MessagingSettings settings, Counters counters, StoppedConsumers stopped) {
        return new AdapterRoutes(
                receivers, settings.handling(), counters, stopped, settings.cluster(), settings.polling());
    }

    /**
     * Flows have no error handler: a failure rolls back the transaction around them and reaches the adapter, which
     * tries again or parks.
     */
    @Bean
    RouteConfigurationBuilder flowConfiguration() {
        return new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration().errorHandler(noErrorHandler());
            }
        };
    }

    /** Workers are known when Camel has made its routes. */
    @Bean
    ApplicationListener<ApplicationStartedEvent> settingsOfWorkersAreKnown(
            Backbones backbones, MessagingSettings settings) {
        return started ->
                backbones.all().forEach(backbone -> settings.insistOnWorkers(backbone.role(), backbone.queues()));
    }

    /**
     * It asks for the Camel context only when it is used: Spring would otherwise start Camel with it, before its routes
     * are there.
     */
    @Bean(destroyMethod = "close")
    Roles roles(
            ObjectProvider<CamelContext> camel,
            Backbones backbones,
            Topology topology,
            Gauges gauges,
            Leases leases,
            KafkaProgress progress,
            ClockWatch clock,
            JdbcTemplate jdbc,
            MessagingSettings settings,
            Parking parking,
            RestoredDatabase restored,
            ObjectProvider<Retention> retentions) {
        var sweepers = backbones.all().stream()
                .map(backbone -> sweeper(backbone, leases, progress, topology, settings))
                .toList();
        var housekeeping = backbones.all().stream()
                .map(backbone -> new Housekeeping(
                        backbone.tables(),
                        leases,
                        jdbc,
                        clock,
                        backbone.outages(),
                        settings.releaseWindow(),
                        settings.parkedRetention(),
                        topology.readBy(backbone.role()),
                        settings.auditRetention(),
                        retentions.stream().toList(),
                        id -> parking.release(backbone.role(), id)))
                .toList();
        return new Roles(camel, backbones, gauges, sweepers, housekeeping, restored);
    }

    private static Sweeper sweeper(
            Backbone backbone, Leases leases, KafkaProgress progress, Topology topology, MessagingSettings settings) {
        return new Sweeper(
                backbone.role(),
                backbone.tables().outbox(),
                backbone.relay(),
                leases,
                progress::answers,
                topology.answeredTo(backbone.role()),
                backbone.outages(),
                settings.sweepAfter());
    }
}
