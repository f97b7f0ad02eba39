package io.orderflow.e2e.cluster;

import io.orderflow.contracts.Right;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Mailbox;
import io.orderflow.e2e.shop.MigratedDatabases;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A site whose broker enforces rights: each role shows a certificate, has exactly the rights that a topology gives it,
 * and is refused whatever else it tries.
 */
public final class GuardedSite implements AutoCloseable {

    private final Topology topology;
    private final Path folder;
    private final int port = Ports.free();
    private final Broker broker;
    private final Site site;

    /**
     * With a broker of its own.
     *
     * @param folder for keys and certificates
     */
    public GuardedSite(Topology topology, Path folder) throws Exception {
        this.topology = topology;
        this.folder = folder;
        var authority = new Authority("first");
        broker = Broker.guarded(port, authority.issueInOne("broker", folder.resolve("broker")), trusting(authority));
        site = new Site(broker, Postgres.shared(), database(topology), "", new Mailbox());
        broker.createTopics(topology, "", Site.PARTITIONS);
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createAcls(bindings(topology)).all().get();
        }
        topology.roles().forEach(role -> issue(authority, role.name()));
        issue(authority, "stranger");
    }

    private static Postgres.Database database(Topology topology) {
        return topology == Topology.ORDERFLOW || topology == Topology.WITH_CONSOLE
                ? MigratedDatabases.fresh(topology)
                : Postgres.shared().freshDatabase(topology.roles());
    }

    public Site site() {
        return site;
    }

    /** How a role comes in. */
    public String[] settings(Role role) {
        return new String[] {
            "--orderflow.messaging.brokers=" + address(),
            "--orderflow.messaging.certificates=" + folder.resolve(role.name())
        };
    }

    /** The address for clients that show a certificate. */
    public String address() {
        return "localhost:" + port;
    }

    /** Everyone who has a certificate: the roles, and a stranger, who has no right. */
    Set<String> principals() {
        return Stream.concat(topology.roles().stream().map(Role::name), Stream.of("stranger"))
                .collect(Collectors.toSet());
    }

    /**
     * Another authority takes the first one's place: everyone gets a new certificate, and the broker believes no other.
     */
    void renew() throws IOException {
        var second = new Authority("second");
        topology.roles().forEach(role -> issue(second, role.name()));
        broker.stop();
        second.issueInOne("broker", folder.resolve("broker"));
        trusting(second);
        broker.start();
    }

    /** What the user operator makes of a topology's rights. */
    static List<AclBinding> bindings(Topology topology) {
        return topology.rights().stream()
                .flatMap(right -> right.operations().stream().map(operation -> binding(right, operation)))
                .toList();
    }

    private static AclBinding binding(Right right, Right.Operation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.valueOf(right.kind().name()), right.name(), PatternType.LITERAL),
                new AccessControlEntry(
                        "User:CN=" + right.role(),
                        "*",
                        AclOperation.valueOf(operation.name()),
                        AclPermissionType.ALLOW));
    }

    private void issue(Authority authority, String subject) {
        authority.issue(subject, folder.resolve(subject));
    }

    private Path trusting(Authority authority) throws IOException {
        return Files.writeString(folder.resolve("trusted.pem"), authority.certificate());
    }

    @Override
    public void close() {
        site.mailbox().close();
        broker.close();
    }
}
