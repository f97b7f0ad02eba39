package io.orderflow.e2e.shop;

import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.util.UUID;

/**
 * Where a shop stands: a set of topics and a database that no other shop uses, and the servers they are on. Instances that share a place are instances of one system.
 */
public record Place(Broker broker, Postgres postgres, Postgres.Database database, String prefix, Mailbox mailbox) {

    public static final int PARTITIONS = 2;

    private static final class Shared {
        private static final Mailbox MAILBOX = new Mailbox();
    }

    /** On the servers that all tests share. */
    public static Place fresh() {
        return on(Broker.shared(), Postgres.shared());
    }

    /** On servers that a test may break. */
    public static Place on(Broker broker, Postgres postgres) {
        return on(broker, postgres, Topology.ORDERFLOW);
    }

    public static Place on(Broker broker, Postgres postgres, Topology topology) {
        var place = new Place(
                broker,
                postgres,
                postgres.freshDatabase(topology.roles()),
                "e" + UUID.randomUUID().toString().substring(0, 8) + "-",
                Shared.MAILBOX);
        broker.createTopics(topology, place.prefix, PARTITIONS);
        return place;
    }

    public String topic(String declared) {
        return prefix + declared;
    }
}
