package io.orderflow.bench.floor;

import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The bare saga's inventory as a process of its own, which reads the topic that it is given. */
public final class FloorInventory {

    private static final String SAYS = "floor-reserved";

    private FloorInventory() {}

    /** Runs until it is stopped: {@code <database> <brokers> <topic>}; says {@code ready}. */
    public static void main(String... arguments) throws Exception {
        var database = arguments[0];
        var brokers = arguments[1];
        Floor.prepare(database);
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(SAYS, Floor.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        var relay = new FloorRelay("inventory", SAYS, DriverManager.getConnection(database), brokers);
        try (var stage = new FloorStage(
                "inventory",
                arguments[2],
                relay,
                DriverManager.getConnection(database),
                brokers,
                List.of(Floor.STOCK, Floor.RESERVATIONS))) {
            stage.start();
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // until the bench ends
            }
        }
        System.exit(0);
    }
}
