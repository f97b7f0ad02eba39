package io.orderflow.bench.drain;

import io.orderflow.bench.contestant.OwnServices;
import io.orderflow.bench.floor.FloorInventory;
import io.orderflow.bench.machine.JvmView;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import io.orderflow.contracts.Topology;
import java.util.ArrayList;
import java.util.List;

/** Starts those that are compared, each on a database of its own and all on the same topic. */
final class Readers {

    /** What half of a pod's memory is, rounded down: as the image asks for. */
    private static final List<String> HEAP = List.of("-Xmx384m");

    private Readers() {}

    /** The stage of the bare saga that takes stock. */
    static Reader floor(Machine machine) throws Exception {
        machine.makeDatabase("floor");
        var process = Running.start(
                        "floor",
                        machine.log("floor"),
                        HEAP,
                        FloorInventory.class,
                        List.of(machine.database("floor").url(), machine.brokers(), Topology.ORDER_EVENTS.topic()))
                .await("ready");
        return reader(
                "floor",
                "floor",
                Topology.ORDER_EVENTS.topic() + "-inventory",
                "select count(distinct order_id) from reservation",
                process);
    }

    /** Our role {@code inventory} by itself, with the settings that it has by default. */
    static Reader inventory(Machine machine, List<String> settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--roles=inventory", "--server.port=0"));
        arguments.addAll(settings);
        var process = OwnServices.start(machine, "inventory", HEAP, arguments);
        machine.database("orderflow").execute("""
                insert into inventory.stock_item (sku, on_hand) values ('mug', 1000000000), ('spoon', 1000000000)""");
        return reader(
                "orderflow",
                "orderflow",
                "inventory",
                "select count(*) from inventory.reservation where state = 'RESERVED'",
                process);
    }

    private static Reader reader(String name, String database, String group, String reserved, Running process)
            throws Exception {
        return new Reader(
                name,
                database,
                group,
                reserved,
                process,
                new JvmView(process.handle().pid()));
    }
}
