package io.orderflow.console;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.http.assembly.HttpModule;
import io.orderflow.http.ops.OpsPort;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.messaging.tables.Envelope;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** One instance of console by itself, on real broker and database; several may share a {@link Place}. */
final class ConsoleApp implements AutoCloseable {

    private static final EventCodec CODEC = new EventCodec();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** In the order that an application has them: the backbone before the service. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({MessagingModule.class, HttpModule.class, ConsoleModule.class})
    static class Application {}

    private final ConfigurableApplicationContext context;

    /** A database and a set of topics that no other test uses. */
    record Place(Postgres.Database database, String prefix) {

        static Place fresh() {
            var place = new Place(
                    Postgres.shared().freshDatabase(Topology.WITH_CONSOLE.roles()), "t" + UUID.randomUUID() + "-");
            Broker.shared().createTopics(Topology.WITH_CONSOLE, place.prefix, 2);
            return place;
        }

        void write(List<Told> events) {
            writeRaw(events.stream()
                    .map(told -> new ProducerRecord<>(
                            prefix + topicOf(told.event()),
                            bytes(told.event().orderId().toString()),
                            bytes(CODEC.encode(new Envelope(told.id(), 1, told.event())))))
                    .toList());
        }

        /** @param key null for none */
        void writeRaw(String topic, String key, String value) {
            writeRaw(List.of(new ProducerRecord<>(prefix + topic, key == null ? null : bytes(key), bytes(value))));
        }

        private static void writeRaw(List<ProducerRecord<byte[], byte[]>> records) {
            // One request at a time: of two to a topic that has just been made the second may come before the first.
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of(
                            "bootstrap.servers", Broker.shared().address(), "max.in.flight.requests.per.connection", 1),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                records.forEach(producer::send);
                producer.flush();
            }
        }

        List<String> read(String topic) {
            List<String> values = new ArrayList<>();
            try (var consumer = new KafkaConsumer<>(
                    Map.<String, Object>of("bootstrap.servers", Broker.shared().address()),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                var partitions = consumer.partitionsFor(prefix + topic).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                var ends = consumer.endOffsets(partitions);
                while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
                }
            }
            return values;
        }

        /** What an operator of the database may do, and console may not. */
        void asSuperuser(String statement) throws SQLException {
            try (var connection = Postgres.shared().connect(database.name());
                    var sql = connection.createStatement()) {
                sql.execute(statement);
            }
        }

        private static String topicOf(Event event) {
            return Topology.WITH_CONSOLE.channels().stream()
                    .filter(channel -> channel.carries(event.getClass()))
                    .findFirst()
                    .orElseThrow()
                    .topic();
        }
    }

    /** An event under an id of its own. */
    record Told(UUID id, Event event) {

        Told(Event event) {
            this(UUID.randomUUID(), event);
        }
    }

    ConsoleApp(Place place, String... more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("orderflow.ops.port", "0");
        settings.put("orderflow.identity.mode", "none");
        settings.put("orderflow.identity.insecure-trust-everyone", "true");
        settings.put("orderflow.http.requests-per-second", "0");
        settings.put("spring.datasource.url", place.database().url());
        settings.put("spring.datasource.username", place.database().user());
        settings.put("spring.datasource.hikari.maximum-pool-size", "10");
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.jmx.enabled", "false");
        settings.put("camel.main.run-controller", "false");
        settings.put("camel.main.jmx-enabled", "false");
        settings.put("orderflow.messaging.brokers", Broker.shared().address());
        settings.put("orderflow.messaging.prefix", place.prefix());
        settings.put("orderflow.messaging.sweep-after", "500ms");
        for (var property : more) {
            var parts = property.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        var application = new SpringApplication(Application.class);
        application.setDefaultProperties(settings);
        application.setRegisterShutdownHook(false);
        context = application.run();
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    JdbcTemplate sql() {
        return get(JdbcTemplate.class);
    }

    HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(ops(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(ops(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    URI ops(String path) {
        return URI.create("http://localhost:" + get(OpsPort.class).number() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that is told, without what only a reader knows: when it read. */
    List<String> told() {
        return sql().queryForList("""
                        select story.order_id || ' ' || state || ' ' || waits_for::text || ' ' || began_at || ' '
                            || coalesce(waiting_since::text, '-') || ' ' || (to_jsonb(chapter) - 'read_at')::text
                        from console.story join console.chapter using (order_id)
                        order by story.order_id, topic, event_id""", String.class);
    }

    long count(String sql, Object... values) {
        return sql().queryForObject("select count(*) from " + sql, Long.class, values);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }
}
