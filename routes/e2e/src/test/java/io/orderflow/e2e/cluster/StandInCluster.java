package io.orderflow.e2e.cluster;

import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Mailbox;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * What a cluster would give a rendered pod, on this machine: a broker that asks for certificates and grants the
 * rendered rights, a database with a login for each role and each migrator, and the files that are mounted into it.
 */
final class StandInCluster implements AutoCloseable {

    /** Where rendered pods look for their files. */
    static final String ETC = "/etc/orderflow";

    private final Path folder;
    private final int tls = Ports.free();
    private final Authority authority = new Authority("cluster");
    private final Broker broker;

    StandInCluster(Path folder) throws Exception {
        this.folder = folder;
        var trusted = Files.writeString(folder.resolve("trusted.pem"), authority.certificate());
        broker = Broker.guarded(tls, authority.issueInOne("broker", folder.resolve("broker")), trusted);
        broker.createTopics(Topology.WITH_CONSOLE, "", Site.PARTITIONS);
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createAcls(RightsTest.renderedWithConsole()).all().get();
        }
        for (var role : Topology.WITH_CONSOLE.roles()) {
            authority.issue(role.name(), folder.resolve("issued/" + role));
        }
    }

    /** With a database and a mailbox of its own. */
    Site site() {
        return new Site(
                broker,
                Postgres.shared(),
                Postgres.shared().freshDatabase(Topology.WITH_CONSOLE.roles()),
                "",
                new Mailbox());
    }

    /**
     * The folder that a pod sees as {@code /etc/orderflow}, filled.
     *
     * @param seenAs as what the pod sees it; the settings in it say so
     */
    Path etc(RenderedPod pod, Site site, String login, String seenAs) {
        var etc = etc(site, login);
        pod.files().forEach((path, content) -> write(etc, path, content.replace(ETC, seenAs)));
        pod.secrets().forEach(path -> write(etc, path, secret(path, pod.role(), login)));
        return etc;
    }

    Path etc(Site site, String login) {
        return folder.resolve(site.database().url().replaceAll(".*/", "") + "/" + login)
                .toAbsolutePath();
    }

    /**
     * The pod's own command line, with where things are on this machine, and what a test adds, in the place of what it
     * says of that.
     *
     * @param seenAs as what it sees {@link #etc}
     */
    List<String> commandLine(RenderedPod pod, Site site, String seenAs, String... more) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.of(
                        pod.arguments().stream().map(argument -> argument.replace(ETC, seenAs)),
                        whereThingsAre(pod, site),
                        Stream.of(more))
                .flatMap(one -> one)
                .forEach(argument -> arguments.put(argument.split("=", 2)[0], argument));
        return List.copyOf(arguments.values());
    }

    private Stream<String> whereThingsAre(RenderedPod pod, Site site) {
        var database = Stream.of("--spring.datasource.url=" + site.database().url());
        if (pod.arguments().contains("--migrate")) {
            return database;
        }
        var brokers = Stream.of("--orderflow.messaging.brokers=localhost:" + tls);
        var mail = pod.role().equals("notifications")
                ? Stream.of(
                        "--orderflow.notifications.smtp-host=localhost",
                        "--orderflow.notifications.smtp-port=" + site.mailbox().port())
                : Stream.<String>of();
        return Stream.of(database, brokers, mail).flatMap(one -> one);
    }

    private String secret(String path, String role, String login) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return switch (name) {
            case "user.crt", "user.key", "ca.crt" ->
                read(folder.resolve("issued/" + role).resolve(name));
            case "spring.datasource.username" -> login;
            default -> "a-secret";
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path etc, String path, String content) {
        try {
            var file = Path.of(path.replace(ETC, etc.toString()));
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
