package io.orderflow.messaging.counter;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.ReadOnlyConnections;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.tables.Envelope;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** One instance of the {@link Counter}'s process on real broker and database; several may share a {@link Place}. */
public final class CounterApp implements AutoCloseable {

    private static final EventCodec CODEC = new EventCodec();

    private final ConfigurableApplicationContext context;
    public final Place place;

    /** A database and a set of topics that no other test uses. */
    public record Place(Broker broker, Postgres.Database database, String prefix) {

        public static Place fresh() {
            return on(Broker.shared(), Postgres.shared());
        }

        public static Place on(Broker broker, Postgres postgres) {
            var place = new Place(broker, postgres.freshDatabase(), "t" + UUID.randomUUID() + "-");
            broker.createTopics(Topology.ORDERFLOW, place.prefix, 2);
            return place;
        }

        /** Writes records as a plain Kafka client does, and waits until the broker has them. */
        public void write(String topic, List<ProducerRecord<byte[], byte[]>> records) {
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of("bootstrap.servers", broker.address()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                records.forEach(producer::send);
                producer.flush();
            }
        }

        public KafkaCluster cluster() {
            return new KafkaCluster(broker.address(), prefix, Map.of());
        }

        /** As the retention does: nothing is left of what the counter hears. */
        public void forgetRecords() throws Exception {
            try (var admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
                Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
                for (int partition = 0; partition < 2; partition++) {
                    all.put(new TopicPartition(prefix + "order_events", partition), RecordsToDelete.beforeOffset(-1));
                }
                admin.deleteRecords(all).all().get();
            }
        }

        public void writeInOneTransaction(Event... events) {
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of(
                            "bootstrap.servers", broker.address(), "transactional.id", prefix + UUID.randomUUID()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                Arrays.stream(events).map(this::record).forEach(producer::send);
                producer.commitTransaction();
            }
        }

        public void write(Event... events) {
            write("order_events", Arrays.stream(events).map(this::record).toList());
        }

        public ProducerRecord<byte[], byte[]> record(Event event) {
            return record(UUID.randomUUID(), event);
        }

        public ProducerRecord<byte[], byte[]> record(UUID eventId, Event event) {
            return raw(event.orderId().toString(), CODEC.encode(new Envelope(eventId, 1, event)));
        }

        public ProducerRecord<byte[], byte[]> raw(String key, String value) {
            return new ProducerRecord<>(
                    prefix + "order_events",
                    key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                    value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        }

        /** Everything on a topic, in each partition's order. */
        public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            try (var consumer = new KafkaConsumer<>(
                    Map.<String, Object>of("bootstrap.servers", broker.address()),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                var partitions = consumer.partitionsFor(prefix + topic).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                var ends = consumer.endOffsets(partitions);
                while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
                }
            }
            return records;
        }

        public List<String> readValues(String topic) {
            return read(topic).stream()
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    public CounterApp(Place place, String... properties) {
        this(place, List.of(), properties);
    }

    public CounterApp(Place place, List<Class<?>> more, String... properties) {
        this.place = place;
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", place.database().url());
        settings.put("spring.datasource.username", place.database().user());
        settings.put("spring.datasource.hikari.connection-timeout", "1000");
        settings.put("spring.datasource.hikari.maximum-pool-size", "10");
        settings.put("spring.datasource.hikari.exception-override-class-name", ReadOnlyConnections.class.getName());
        settings.put("spring.main.web-application-type", "none");
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.jmx.enabled", "false");
        settings.put("camel.main.run-controller", "false");
        settings.put("camel.springboot.jmx-enabled", "false");
        settings.put("orderflow.messaging.brokers", place.broker().address());
        settings.put("orderflow.messaging.prefix", place.prefix());
        settings.put("orderflow.messaging.sweep-after", "500ms");
        for (var property : properties) {
            var parts = property.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        List<Class<?>> sources = new ArrayList<>(more);
        sources.add(Counter.Module.class);
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.setDefaultProperties(settings);
        application.setRegisterShutdownHook(false);
        context = application.run();
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public Counter counter() {
        return get(Counter.class);
    }

    public Backbone backbone() {
        return get(Backbones.class).all().iterator().next();
    }

    public JdbcTemplate jdbc() {
        return get(JdbcTemplate.class);
    }

    /** The names of an order's effects, in the order in which they happened. */
    public List<String> effects(UUID order) {
        return jdbc().queryForList(
                        "select type from inventory.effect where order_id = ? order by at", String.class, order);
    }

    public long count(String sql) {
        return jdbc().queryForObject(sql, Long.class);
    }

    @Override
    public void close() {
        context.close();
    }

    public static OrderCreated created(UUID order) {
        return new OrderCreated(order, now(), "ada", new Money(1290, "EUR"), List.of(new Line("mug", 1)), "tok_visa");
    }

    public static OrderConfirmed confirmed(UUID order) {
        return new OrderConfirmed(order, now(), new Money(1290, "EUR"));
    }

    public static OrderCancelled cancelled(UUID order) {
        return new OrderCancelled(order, now(), CancellationReason.CUSTOMER);
    }

    public static Instant now() {
        return Instant.now();
    }
}
