package io.orderflow.local;

import io.orderflow.testkit.Ports;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The layout of a local run: the folder of its files, and the ports of its servers. Each port has a variable of its
 * own, so that a person can change one that is taken.
 */
record Layout(Path folder, Map<Port, Integer> ports) {

    /** The payment provider's database, and its login there. */
    static final String PROVIDER = "provider";

    /** The ports, by what listens there. */
    enum Port {
        POSTGRES(15432),
        KAFKA(9092),
        SMTP(2525),
        HTTP(8080),
        OPS(8081),
        MANAGEMENT(9876),
        /** Only with {@code PROVIDER=http}. */
        PROVIDER(9990);

        private final int usual;

        Port(int usual) {
            this.usual = usual;
        }

        String variable() {
            return "ORDERFLOW_" + name() + "_PORT";
        }
    }

    static Layout here() {
        return at(Path.of(".run"), System.getenv());
    }

    static Layout at(Path folder, Map<String, String> environment) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        for (var port : Port.values()) {
            var given = environment.get(port.variable());
            try {
                ports.put(port, given == null ? port.usual : Integer.parseInt(given));
            } catch (NumberFormatException e) {
                throw new Refused(port.variable() + ": " + given + " (expected: a port number)");
            }
        }
        return new Layout(folder.toAbsolutePath(), ports);
    }

    /** With ports that nobody uses at the moment. */
    static Layout onFreePorts(Path folder) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        for (var port : Port.values()) {
            ports.put(port, Ports.free());
        }
        return new Layout(folder.toAbsolutePath(), ports);
    }

    int port(Port port) {
        return ports.get(port);
    }

    String http(String path) {
        return "http://localhost:" + port(Port.HTTP) + path;
    }

    String ops(String path) {
        return "http://localhost:" + port(Port.OPS) + path;
    }

    String management(String path) {
        return "http://localhost:" + port(Port.MANAGEMENT) + path;
    }

    String database() {
        return "jdbc:postgresql://localhost:" + port(Port.POSTGRES) + "/orderflow";
    }

    /** The payment provider's own database. */
    String providerDatabase() {
        return "jdbc:postgresql://localhost:" + port(Port.POSTGRES) + "/" + PROVIDER;
    }

    String provider() {
        return "http://localhost:" + port(Port.PROVIDER) + "/v1";
    }

    /** The key by which the provider knows its caller. */
    Path providerKey() {
        return folder.resolve("provider").resolve("api-key");
    }

    String brokers() {
        return "localhost:" + port(Port.KAFKA);
    }

    Path mails() {
        return folder.resolve("mail");
    }

    /** The key that signs tokens here. */
    Path issuer() {
        return folder.resolve("issuer");
    }

    Path pid(String name) {
        return folder.resolve(name + ".pid");
    }

    Path log(String name) {
        return folder.resolve("log").resolve(name + ".log");
    }
}
