package io.orderflow.e2e.shop;

import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.util.UUID;

/**
 * Where a shop stands: a set of topics and a database that no other shop uses, and the servers they are on. Instances
 * that share a site are instances of one system.
 */
public record Site(Broker broker, Postgres postgres, Postgres.Database database, String prefix, Mailbox mailbox) {

    public static final int PARTITIONS = 2;

    private static final class Shared {
        private static final Mailbox MAILBOX = new Mailbox();
    }

    /** On the servers that all tests share, with every schema there already. */
    public static Site fresh() {
        return migrated(Topology.ORDERFLOW);
    }

    static Site migrated(Topology topology) {
        return at(Broker.shared(), Postgres.shared(), MigratedDatabases.fresh(topology), topology);
    }

    /** The same without any schema. */
    public static Site unmigrated() {
        return on(Broker.shared(), Postgres.shared());
    }

    /** On servers that a test may break. */
    public static Site on(Broker broker, Postgres postgres) {
        return on(broker, postgres, Topology.ORDERFLOW);
    }

    public static Site on(Broker broker, Postgres postgres, Topology topology) {
        return at(broker, postgres, postgres.freshDatabase(topology.roles()), topology);
    }

    private static Site at(Broker broker, Postgres postgres, Postgres.Database database, Topology topology) {
        var site = new Site(
                broker, postgres, database, "e" + UUID.randomUUID().toString().substring(0, 8) + "-", Shared.MAILBOX);
        broker.createTopics(topology, site.prefix, PARTITIONS);
        return site;
    }

    public String topic(String declared) {
        return prefix + declared;
    }
}
