package io.orderflow.bench.machine;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What everything has used since the beginning, at one moment. The difference of two such moments is what happened in
 * between has cost; the names are those of the report.
 *
 * @param used seconds, bytes and counts
 */
public record Usage(Map<String, Double> used) {

    public static final String JAVA = "cpu java";
    public static final String COMPILED = "compiled";
    public static final String ALL = "all";
    public static final String SECONDS = "seconds";
    private static final String FIGURES = """
            select xact_commit, pg_database_size(datname) as size, pg_current_wal_insert_lsn() - '0/0'::pg_lsn as wal,
                (select coalesce(sum(calls), 0) from bench.pg_stat_statements where dbid = datid) as statements,
                (select coalesce(sum(fsyncs), 0) from pg_stat_io) as fsyncs
            from pg_stat_database where datname = '%s'""";

    /** Of a contestant with its database, and of what all share. */
    public static Usage now(Machine machine, Running contestant, JvmView jvm, String database) throws SQLException {
        Map<String, Double> used = new LinkedHashMap<>();
        used.put(JAVA, ProcessorTime.of(contestant.handle()));
        machine.shared().forEach((name, process) -> used.put("cpu " + name, ProcessorTime.of(process)));
        used.put(ALL, ProcessorTime.ofAll());
        used.put(SECONDS, System.nanoTime() / 1e9);
        used.put(COMPILED, jvm.compiled());
        used.put("collected", jvm.collected());
        machine.database("postgres").list(FIGURES.formatted(database), row -> {
            used.put("commits", row.getDouble("xact_commit"));
            used.put("statements", row.getDouble("statements"));
            used.put("fsyncs", row.getDouble("fsyncs"));
            used.put("wal bytes", row.getDouble("wal"));
            used.put("stored bytes", row.getDouble("size"));
            return row;
        });
        return new Usage(used);
    }

    /** What was used since an earlier moment. */
    public Usage since(Usage earlier) {
        Map<String, Double> difference = new LinkedHashMap<>();
        used.forEach((name, value) -> difference.put(name, value - earlier.used.get(name)));
        return new Usage(difference);
    }

    /** Seconds of a processor, of all processes together. */
    public double processors() {
        return used.entrySet().stream()
                .filter(one -> one.getKey().startsWith("cpu "))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** How many processors others had, on average: with more than a few hundredths, speed means little. */
    public double others() {
        return Math.max(0, used.get(ALL) - processors()) / used.get(SECONDS);
    }

    /** How much of the contestant's time its compiler took: what is still compiled is not warm. */
    public double compileShare() {
        return used.get(COMPILED) / used.get(JAVA);
    }
}
