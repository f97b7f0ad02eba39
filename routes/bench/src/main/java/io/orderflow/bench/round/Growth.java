package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.contestant.Growing;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The same load on tables that hold more and more, and at last with everything waiting that can wait: what then costs
 * more than on empty tables grows with what is stored or with what waits.
 */
public final class Growth {

    private static final int CONNECTIONS = 64;
    private static final int WAITING = 100_000;
    private static final Duration READING = Duration.ofSeconds(4);
    private static final double MILLI = 1_000;

    /** Each statement with what it took on average; those that ran a few times only say little. */
    private static final String STATEMENTS = """
            select left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as statement,
                sum(total_exec_time + total_plan_time) / sum(calls) as mean
            from bench.pg_stat_statements join pg_database on oid = dbid
            where datname = '%s' and query !~* '^ *(begin|commit|analyze|create|drop|insert into .* from grown)'
            group by 1 having sum(calls) >= 5""";

    private final Machine machine;
    private final Entrant entrant;
    private final Duration each;
    private final Consumer<Figures> heard;
    private final List<Figures> figures = new ArrayList<>();
    private double rate;

    public Growth(Machine machine, Entrant entrant, Duration each, Consumer<Figures> heard) {
        this.machine = machine;
        this.entrant = entrant;
        this.each = each;
        this.heard = heard;
    }

    /** One stage after the other, each with its name as its load: empty, a hundredth, a tenth, all, and waiting. */
    public List<Figures> of(Duration warm, int orders) throws Exception {
        rate = new WarmUp(new Trial(machine), warm, each).of(entrant);
        var database = machine.database(entrant.name());
        stage("empty", database);
        int there = 0;
        for (int size : List.of(orders / 100, orders / 10, orders)) {
            grow(database, size - there);
            there = size;
            stage("%,d orders".formatted(size), database);
        }
        Growing.waiting(database, WAITING);
        stage("%,d waiting".formatted(WAITING), database);
        return figures;
    }

    private static void grow(Sql database, int orders) throws SQLException, IOException {
        Growing.orders(database, orders);
    }

    private void stage(String name, Sql database) throws Exception {
        machine.database("postgres").execute("checkpoint; select bench.pg_stat_statements_reset()");
        var demand = Demand.closed(OrderMix.EVEN, CONNECTIONS, (int) (rate * each.toSeconds()));
        var seen = new Trial(machine).run(entrant, name, demand, 1);
        Map<String, Double> values = new LinkedHashMap<>(seen.values());
        var order = database.list(
                        "select id::text from orders.orders order by id desc limit 1", row -> row.getString(1))
                .getFirst();
        read("GET one", "/orders/" + order, values);
        read("GET list", "/orders?limit=20", values);
        machine.database("postgres")
                .list(
                        STATEMENTS.formatted(entrant.name()),
                        row -> values.put("ms: " + row.getString(1), row.getDouble(2)));
        var all = new Figures(entrant.name(), name, 1, values);
        figures.add(all);
        heard.accept(all);
    }

    private void read(String what, String path, Map<String, Double> values) throws Exception {
        var waited = entrant.read(path, READING);
        values.put(what + "/s", waited.getTotalCount() / (double) READING.toSeconds());
        values.put(what + " p99 ms", waited.getValueAtPercentile(99) / MILLI);
    }
}
