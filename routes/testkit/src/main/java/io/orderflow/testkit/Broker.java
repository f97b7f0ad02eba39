package io.orderflow.testkit;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this JVM: broker and controller in one, on the loopback interface. It can be stopped and
 * started again on the same data and port, and be a process of its own. The server class is Kafka's internal API, so it
 * is named here and nowhere else.
 */
public final class Broker implements AutoCloseable {

    private static Broker shared;

    private final Path data;
    private final boolean temporary;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> more = new HashMap<>();
    private KafkaRaftServer server;

    private Broker(Path data, boolean temporary, int port, int controllerPort) {
        this.data = data;
        this.temporary = temporary;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** A broker with data of its own that are gone when it is closed, on a free port. */
    public static Broker temporary() {
        try {
            return onFreePorts().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Broker onFreePorts() throws IOException {
        var ports = Ports.twoFree();
        return new Broker(Files.createTempDirectory("orderflow-kafka"), true, ports[0], ports[1]);
    }

    /**
     * A temporary broker with a second door: on {@code tlsPort} everyone shows a certificate and may do what was
     * granted to its subject, nothing else. Who comes in by the plain one may do everything.
     *
     * @param identity the broker's key and certificates, PEM
     * @param trusted the authorities whose certificates are believed, PEM; both are read again at each start
     */
    public static Broker guarded(int tlsPort, Path identity, Path trusted) {
        try {
            var broker = onFreePorts();
            broker.guard(tlsPort, identity, trusted);
            return broker.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void guard(int tlsPort, Path identity, Path trusted) {
        more.put("listeners", listeners() + ",TLS://127.0.0.1:" + tlsPort);
        more.put("advertised.listeners", "PLAINTEXT://" + address() + ",TLS://localhost:" + tlsPort);
        more.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL");
        more.put("listener.name.tls.ssl.client.auth", "required");
        more.put("listener.name.tls.ssl.keystore.type", "PEM");
        more.put("listener.name.tls.ssl.keystore.location", identity.toString());
        more.put("listener.name.tls.ssl.truststore.type", "PEM");
        more.put("listener.name.tls.ssl.truststore.location", trusted.toString());
        more.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        more.put("super.users", "User:ANONYMOUS");
    }

    /** A broker that keeps its data. */
    public static Broker at(Path data, int port) {
        return new Broker(data, false, port, Ports.free()).start();
    }

    /** The one broker that the tests of this JVM share. */
    public static synchronized Broker shared() {
        if (shared == null) {
            shared = temporary();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** A broker as a process of its own: {@code --port=9092 --data=folder}. See {@link Child}. */
    public static void main(String[] arguments) {
        Child.logToStandardError();
        var broker = at(Path.of(Child.option(arguments, "data")), Integer.parseInt(Child.option(arguments, "port")));
        Child.serve("Kafka on " + broker.address(), broker, broker::await);
    }

    /** Host and port for clients. */
    public String address() {
        return "localhost:" + port;
    }

    /** Starts after {@link #stop()}; answers when the broker serves. */
    public synchronized Broker start() {
        if (server == null) {
            var properties = properties();
            format(properties);
            server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            server.startup();
        }
        return this;
    }

    /** Stops and keeps the data. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Waits until the broker ends. */
    public void await() {
        server.awaitShutdown();
    }

    @Override
    public synchronized void close() {
        stop();
        if (temporary) {
            Folders.delete(data);
        }
    }

    /**
     * Makes the declared topics that are not there yet.
     *
     * @param prefix stands before every topic
     */
    public void createTopics(Topology topology, String prefix, int partitions) {
        createTopics(address(), topology, prefix, partitions);
    }

    /** The same on any broker. */
    public static void createTopics(String address, Topology topology, String prefix, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            var missing = new HashMap<String, NewTopic>();
            topology.channels()
                    .forEach(channel -> missing.put(prefix + channel.topic(), topic(prefix, channel, partitions)));
            missing.keySet().removeAll(admin.listTopics().names().get());
            admin.createTopics(missing.values()).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(address + ": topics cannot be created", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static NewTopic topic(String prefix, Channel channel, int partitions) {
        return new NewTopic(prefix + channel.topic(), partitions, (short) 1)
                .configs(Map.of(
                        "cleanup.policy",
                        channel.compacted() ? "compact,delete" : "delete",
                        "message.timestamp.type",
                        "LogAppendTime",
                        "retention.ms",
                        String.valueOf(Topology.RETENTION.toMillis()),
                        "delete.retention.ms",
                        String.valueOf(Topology.RETENTION.toMillis()),
                        "segment.ms",
                        String.valueOf(Duration.ofDays(1).toMillis())));
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("listeners", listeners());
        properties.put("advertised.listeners", "PLAINTEXT://" + address());
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", data.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.putAll(more);
        return properties;
    }

    private String listeners() {
        return "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort;
    }

    private void format(Properties properties) {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(data);
            var formatter = new Formatter();
            formatter
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setUnstableFeatureVersionsEnabled(false)
                    .setIgnoreFormatted(true)
                    .setHasDynamicQuorum(false)
                    .addDirectory(data.toString());
            formatter.run();
        } catch (Exception e) {
            throw new IllegalStateException(data + ": cannot be formatted for Kafka", e);
        }
    }
}
