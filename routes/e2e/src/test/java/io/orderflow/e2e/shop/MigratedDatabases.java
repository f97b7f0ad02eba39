package io.orderflow.e2e.shop;

import io.orderflow.app.Orderflow;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Postgres;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Databases in which every schema is up to date: copies of one that was migrated. To migrate takes an instance as long
 * as all else of its start, and most tests are about something else.
 */
public final class MigratedDatabases {

    private static final Map<Topology, Postgres.Database> ORIGINALS = new HashMap<>();

    private MigratedDatabases() {}

    /** On the server that all tests share, for the roles of a topology, each of which the app has. */
    public static synchronized Postgres.Database fresh(Topology topology) {
        var original = ORIGINALS.computeIfAbsent(topology, MigratedDatabases::original);
        return Postgres.shared().freshCopy(original, topology.roles());
    }

    private static Postgres.Database original(Topology topology) {
        var database = Postgres.shared().freshDatabase(topology.roles());
        Orderflow.migrate(
                topology.roles().stream().map(Role::name).collect(Collectors.joining(",", "--roles=", "")),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.jmx.enabled=false",
                "--logging.level.root=warn");
        return database;
    }
}
