package io.orderflow.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The backbone for every {@link Participant} bean of the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MessagingSettings.class)
public class MessagingModule {

    static final String CLIENTS = "drainingKafkaClients";
    static final String NO_HEADERS = "noHeaders";
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
        return new Leases(jdbc);
    }

    @Bean
    BackboneMetrics backboneMetrics(MeterRegistry meters, List<Participant> participants, Topology topology) {
        return new BackboneMetrics(
                meters, participants.stream().map(Participant::role).toList(), topology);
    }

    @Bean
    Figures figures(
            MeterRegistry meters,
            Topology topology,
            MessagingSettings settings,
            KafkaProgress progress,
            ObjectProvider<CamelContext> camel) {
        return new Figures(meters, topology, settings, progress, camel);
    }

    @Bean
    Backbones backbones(
            List<Participant> participants,
            DataSource database,
            JdbcTransactionManager transactionManager,
            JdbcTemplate jdbc,
            Leases leases,
            EventCodec codec,
            MessagingSettings settings,
            Environment environment) {
        return new Backbones(participants.stream()
                .map(participant -> {
                    var migrations = participant.service().moreMigrations(environment);
                    prepareSchema(database, participant.role(), migrations, settings);
                    var outbox = new Outbox(jdbc, participant.role(), codec, settings);
                    var relay = new Relay(participant.role(), outbox, producer(participant, settings), settings);
                    var backbone = new Backbone(participant, transactionManager, jdbc, outbox, relay, leases, settings);
                    keepInboxDays(backbone);
                    return backbone;
                })
                .toList());
    }

    /** Makes the days that the first event needs; it gives way to others, so it may need more than one try. */
    private static void keepInboxDays(Backbone backbone) {
        backbone.stopper.insist(backbone::keepInboxDays, MAKING_DAYS, "inbox days", (attempt, failure) -> {});
    }

    private static void prepareSchema(
            DataSource database, Role role, List<String> migrations, MessagingSettings settings) {
        switch (settings.schema()) {
            case MIGRATE -> Migrations.migrate(database, role, migrations);
            case AWAIT -> Migrations.await(database, role, migrations, settings.schemaPatience());
        }
    }

    private static Producer<byte[], byte[]> producer(Participant participant, MessagingSettings settings) {
        Map<String, Object> options = new HashMap<>();
        options.put("bootstrap.servers", settings.brokers());
        options.put("client.id", settings.prefix() + participant.role() + "-relay");
        options.put("acks", "all");
        options.put("enable.idempotence", "true");
        options.put("linger.ms", "2");
        options.put("batch.size", "131072");
        options.put("delivery.timeout.ms", "30000");
        options.put("request.timeout.ms", "10000");
        options.put("max.block.ms", "2000");
        options.putAll(settings.kafka());
        return new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Bean
    Consumers consumers(
            Backbones backbones,
            Topology topology,
            EventCodec codec,
            MessagingSettings settings,
            BackboneMetrics metrics) {
        return new Consumers(backbones, topology, codec, settings, metrics);
    }

    @Bean
    Parking parking(Consumers consumers, MessagingSettings settings) {
        return new Parking(consumers, settings.releaseWindow());
    }

    @Bean(destroyMethod = "close")
    KafkaProgress progress(Backbones backbones, Topology topology, MessagingSettings settings, JdbcTemplate jdbc) {
        return new KafkaProgress(backbones, topology, settings, jdbc, () -> {
            Map<String, Object> options = new HashMap<>(settings.kafka());
            options.put("bootstrap.servers", settings.brokers());
            options.put("default.api.timeout.ms", "10000");
            options.put("request.timeout.ms", "5000");
            return Admin.create(options);
        });
    }

    @Bean("transaction-component")
    TransactionComponent transactionComponent(Backbones backbones, Consumers consumers, MessagingSettings settings) {
        return new TransactionComponent(backbones, consumers, settings);
    }

    @Bean("outbox-component")
    OutboxComponent outboxComponent(Topology topology) {
        return new OutboxComponent(topology);
    }

    @Bean("work-component")
    WorkComponent workComponent(
            Backbones backbones, MessagingSettings settings, BackboneMetrics metrics, Figures figures) {
        return new WorkComponent(backbones, settings, metrics, figures);
    }

    @Bean(CLIENTS)
    @ConditionalOnMissingBean(KafkaClientFactory.class)
    KafkaClientFactory drainingKafkaClients(
            List<Participant> participants, JdbcTemplate jdbc, MessagingSettings settings) {
        return new DrainingClients(participants.stream()
                .filter(participant -> participant.service().beginsWithWhatComes())
                .map(Participant::role)
                .collect(Collectors.toMap(role -> settings.prefix() + role, role -> new Beginnings(jdbc, role))));
    }

    /** No header of a record becomes a header of a message, and none of a message one of a record. */
    @Bean(NO_HEADERS)
    HeaderFilterStrategy noHeaders() {
        return new NoHeaders();
    }

    @Bean
    AdapterRoutes adapterRoutes(
            Backbones backbones, Topology topology, Consumers consumers, MessagingSettings settings) {
        return new AdapterRoutes(backbones, topology, consumers, settings);
    }

    /** Flows have no error handler: a failure rolls back the transaction around them and reaches the adapter, which tries again or parks. */
    @Bean
    RouteConfigurationBuilder flowConfiguration() {
        return new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration().errorHandler(noErrorHandler());
            }
        };
    }

    /** It asks for the Camel context only when it is used: Spring would otherwise start Camel with it, before its routes are there. */
    @Bean(destroyMethod = "close")
    Roles roles(
            ObjectProvider<CamelContext> camel,
            Backbones backbones,
            Topology topology,
            Figures figures,
            JdbcTemplate jdbc,
            MessagingSettings settings,
            ObjectProvider<Retention> retentions) {
        return new Roles(
                camel,
                backbones,
                figures,
                backbones.all().stream()
                        .map(backbone -> new Sweeper(backbone, topology.answeredTo(backbone.role()), settings))
                        .toList(),
                backbones.all().stream()
                        .map(backbone -> new Housekeeping(
                                backbone, jdbc, settings, retentions.stream().toList()))
                        .toList());
    }
}
