package io.orderflow.e2e.cluster;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.Yaml;

/**
 * The rights that the chart installs, on a broker that enforces them: with exactly the rights of the rendered
 * KafkaUsers and a certificate for each role the saga runs, and whatever they do not grant is refused.
 */
class RightsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @TempDir
    private Path folder;

    private GuardedSite guarded;

    @BeforeEach
    void startBroker() throws Exception {
        guarded = new GuardedSite(Topology.ORDERFLOW, folder);
    }

    @AfterEach
    void stopBroker() {
        guarded.close();
    }

    @Test
    void theChartsUsersHaveTheRightsOfTheDeclaration() throws IOException {
        assertThat(rendered()).containsExactlyInAnyOrderElementsOf(GuardedSite.bindings(Topology.ORDERFLOW));
        assertThat(renderedWithConsole())
                .containsExactlyInAnyOrderElementsOf(GuardedSite.bindings(Topology.WITH_CONSOLE));
    }

    /** Who adds pods where events wait needs no event for it. */
    @Test
    void theScalerMayAskHowFarEachRoleHasReadAndNothingElse() throws IOException {
        var rights = granted("kafkauser-scaler.yaml");
        assertThat(rights).allMatch(right -> right.entry().operation() == AclOperation.DESCRIBE);
        assertThat(rights.stream().map(right -> right.pattern().name()).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Topology.ORDERFLOW.channels().stream()
                                        .filter(channel -> !channel.readers().isEmpty())
                                        .map(Channel::topic),
                                Topology.ORDERFLOW.roles().stream().map(Role::name))
                        .toList());
    }

    @Test
    void theSagaRunsWithEachRoleUnderItsOwnCertificateAndGoesOnWithARenewedOne() throws Exception {
        try (var shop = new Shop(guarded.site())) {
            var alone = shop.startsEachRoleAlone(guarded::settings);
            var mug = shop.stocks(100);
            var first = anOrder().of(2, mug);
            shop.eventually(shop.places(first))
                    .isConfirmed()
                    .isSettled()
                    .hasMoved(2 * PRICE)
                    .hasMails(first, "confirmed");

            var errors = errors();
            guarded.renew();

            var declined = anOrder().of(1, mug).paidWith("tok_declined");
            shop.eventually(shop.places(declined))
                    .isCancelled("PAYMENT_DECLINED", "DECLINED")
                    .isSettled()
                    .hasMails(declined, 1);
            shop.eventually(shop.places(anOrder().of(1, mug)))
                    .isConfirmed()
                    .isSettled()
                    .hasMoved(PRICE);
            shop.comesToRest();
            shop.customersUse(alone.get(Role.INVENTORY));
            shop.eventuallyHas(mug, 97, 0, 3);
            assertThat(errors.list)
                    .as("what heals by itself is no error")
                    .extracting(ILoggingEvent::toString)
                    .isEmpty();
        }
    }

    /** Of the services and their clients; the broker is in this JVM, too. */
    private static ListAppender<ILoggingEvent> errors() {
        var errors = new ListAppender<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent line) {
                if (line.getLevel() == Level.ERROR
                        && line.getLoggerName()
                                .matches("(io\\.orderflow|org\\.apache\\.(kafka\\.clients|camel))\\..*")) {
                    super.append(line);
                }
            }
        };
        errors.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(errors);
        return errors;
    }

    @Test
    void whatIsGrantedWorksAndEverythingElseIsRefused() throws Exception {
        var granted = Topology.ORDERFLOW.rights().stream()
                .flatMap(right -> right.lines().stream())
                .toList();
        var wrong = new TreeSet<String>();
        var tried = new ArrayList<String>();
        for (var principal : guarded.principals()) {
            try (var client = new Client(principal)) {
                for (var right : client.everything()) {
                    boolean expected = granted.contains(right.name())
                            // A group may be described by whoever reads it.
                            || granted.contains(right.name().replace("Describe", "Read"))
                                    && right.name().contains(" group ");
                    if (right.isAllowed() != expected) {
                        wrong.add((expected ? "refused: " : "allowed: ") + right.name());
                    }
                    tried.add(right.name());
                }
            }
        }
        System.out.println(tried.size() + " of principal, resource and operation tried on a broker");
        assertThat(wrong).isEmpty();
        assertThat(tried)
                .as("everything was tried")
                .containsExactlyInAnyOrderElementsOf(everyRight(guarded.principals()));
    }

    /** Each principal with each topic and each group, and with everything that can be done to those. */
    private static List<String> everyRight(Collection<String> principals) {
        var rights = new ArrayList<String>();
        var onTopics =
                List.of("Read", "Write", "Describe", "DescribeConfigs", "AlterConfigs", "Alter", "Create", "Delete");
        for (var principal : principals) {
            for (var channel : Topology.ORDERFLOW.channels()) {
                onTopics.forEach(right -> rights.add(principal + " topic " + channel.topic() + " " + right));
            }
            for (var role : Topology.ORDERFLOW.roles()) {
                List.of("Read", "Describe", "Delete")
                        .forEach(right -> rights.add(principal + " group " + role + " " + right));
            }
        }
        return rights;
    }

    /** What the user operator makes of the roles' rendered KafkaUsers. */
    static List<AclBinding> rendered() throws IOException {
        var bindings = granted("kafkauser-*.yaml");
        bindings.removeAll(granted("kafkauser-scaler.yaml"));
        return bindings;
    }

    /** The same where console is installed, whose user stands beside the others. */
    static List<AclBinding> renderedWithConsole() throws IOException {
        var bindings = new ArrayList<>(rendered());
        bindings.addAll(granted("console/kafkauser-console.yaml"));
        return bindings;
    }

    private static List<AclBinding> granted(String users) throws IOException {
        var bindings = new ArrayList<AclBinding>();
        var path = ROOT.resolve("helm/orderflow/files/strimzi").resolve(users);
        try (var files =
                Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            for (var file : files) {
                bindings.addAll(bindings(new Yaml().load(Files.readString(file))));
            }
        }
        return bindings;
    }

    @SuppressWarnings("unchecked")
    private static List<AclBinding> bindings(Map<String, Object> user) {
        var metadata = (Map<String, Object>) user.get("metadata");
        var spec = (Map<String, Object>) user.get("spec");
        var authorization = (Map<String, Object>) spec.get("authorization");
        var bindings = new ArrayList<AclBinding>();
        for (var rule : (List<Map<String, Object>>) authorization.get("acls")) {
            var resource = (Map<String, Object>) rule.get("resource");
            var pattern = new ResourcePattern(
                    ResourceType.fromString((String) resource.get("type")),
                    (String) resource.get("name"),
                    PatternType.LITERAL);
            for (var operation : (List<String>) rule.get("operations")) {
                bindings.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:CN=" + metadata.get("name"),
                                "*",
                                AclOperation.fromString(operation),
                                AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }

    /** One of the things that a principal may try. */
    private record Right(String name, Attempt attempt) {

        boolean isAllowed() throws Exception {
            try {
                attempt.run();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    return false;
                }
                throw e;
            } catch (AuthorizationException e) {
                return false;
            }
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    /** A plain Kafka client with a certificate. */
    private final class Client implements AutoCloseable {

        private final String principal;
        private final Admin admin;
        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaConsumer<byte[], byte[]> consumer;

        Client(String principal) {
            this.principal = principal;
            this.admin = Admin.create(options());
            this.producer = new KafkaProducer<>(options(), new ByteArraySerializer(), new ByteArraySerializer());
            this.consumer = new KafkaConsumer<>(options(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        private Map<String, Object> options() {
            var mine = folder.resolve(principal);
            try {
                return Map.of(
                        "bootstrap.servers",
                        guarded.address(),
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.certificate.chain",
                        Files.readString(mine.resolve("user.crt")),
                        "ssl.keystore.key",
                        Files.readString(mine.resolve("user.key")),
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.certificates",
                        Files.readString(mine.resolve("ca.crt")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Right> everything() {
            var rights = new ArrayList<Right>();
            for (var channel : Topology.ORDERFLOW.channels()) {
                var topic = channel.topic();
                var partition = new TopicPartition(topic, 0);
                var config = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                var change = new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
                add(rights, "topic", topic, "Read", () -> read(partition));
                add(rights, "topic", topic, "Write", () -> producer.send(
                                new ProducerRecord<>(topic, 0, new byte[1], new byte[0]))
                        .get());
                add(rights, "topic", topic, "Describe", () -> admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get());
                add(rights, "topic", topic, "DescribeConfigs", () -> admin.describeConfigs(List.of(config))
                        .all()
                        .get());
                add(rights, "topic", topic, "AlterConfigs", () -> admin.incrementalAlterConfigs(
                                Map.of(config, List.of(change)))
                        .all()
                        .get());
                add(rights, "topic", topic, "Alter", () -> admin.createPartitions(
                                Map.of(topic, NewPartitions.increaseTo(50)))
                        .all()
                        .get());
                add(rights, "topic", topic, "Create", () -> admin.createTopics(
                                List.of(new NewTopic(topic + "_new", 1, (short) 1)))
                        .all()
                        .get());
                add(rights, "topic", topic, "Delete", () -> admin.deleteTopics(List.of(topic))
                        .all()
                        .get());
            }
            for (var role : Topology.ORDERFLOW.roles()) {
                var group = role.name();
                add(rights, "group", group, "Read", () -> commit(group));
                add(rights, "group", group, "Describe", () -> admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get());
                add(rights, "group", group, "Delete", () -> admin.deleteConsumerGroups(List.of(group))
                        .all()
                        .get());
            }
            return rights;
        }

        private void add(List<Right> rights, String kind, String name, String operation, Attempt attempt) {
            rights.add(new Right(principal + " " + kind + " " + name + " " + operation, attempt));
        }

        private void read(TopicPartition partition) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition);
            consumer.poll(Duration.ofMillis(300));
        }

        /** An offset of a topic that the principal may read, so that only the group's right is tried. */
        private void commit(String group) throws Exception {
            var mine = Topology.ORDERFLOW.channels().stream()
                    .filter(channel -> channel.readers().containsKey(new Role(principal)))
                    .findFirst()
                    .orElse(Topology.ORDER_EVENTS);
            admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(mine.topic(), 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }

        @Override
        public void close() {
            admin.close();
            producer.close();
            consumer.close();
        }
    }
}
