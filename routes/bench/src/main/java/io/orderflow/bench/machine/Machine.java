package io.orderflow.bench.machine;

import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all contestants share: a PostgreSQL that waits for the disk, a broker, a folder, and the processors. */
public final class Machine implements AutoCloseable {

    private final Path folder;
    private final int postgresPort = Ports.free();
    private final int kafkaPort = Ports.free();
    private final Running postgres;
    private final Running kafka;

    public Machine(Path folder) throws IOException, SQLException {
        this.folder = Files.createDirectories(folder);
        var quick = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
        postgres = Running.start("postgres", log("postgres"), quick, Postgres.class, postgresArguments());
        kafka = Running.start(
                "kafka",
                log("kafka"),
                List.of("-Xmx512m"),
                Broker.class,
                List.of("--port=" + kafkaPort, "--data=" + folder.resolve("kafka")));
        postgres.await("ready");
        kafka.await("ready");
        database("postgres").execute("create schema bench; create extension pg_stat_statements schema bench");
    }

    private List<String> postgresArguments() {
        return List.of(
                "--port=" + postgresPort,
                "--data=" + folder.resolve("postgres"),
                "--programs=" + folder.resolve("programs"),
                "--preload=pg_stat_statements",
                "--database=orderflow");
    }

    public Path folder() {
        return folder;
    }

    /** Where a process says what is wrong. */
    public Path log(String name) {
        return folder.resolve(name + ".log");
    }

    public String brokers() {
        return "localhost:" + kafkaPort;
    }

    /** The address of a database, without a user. */
    public String url(String database) {
        return "jdbc:postgresql://localhost:" + postgresPort + "/" + database;
    }

    /** A database as its superuser sees it. */
    public Sql database(String name) {
        return new Sql(url(name) + "?user=postgres");
    }

    /**
     * Unless it is there, as ours is with its roles. Its statements lead by an index also where their plan was made
     * while a table was empty, as ours do: else now and then a contestant would read whole tables for a round.
     */
    public void makeDatabase(String name) throws SQLException {
        var all = database("postgres");
        if (all.number("select count(*) from pg_database where datname = '" + name + "'") == 0) {
            all.execute("create database " + name);
            all.execute("alter database " + name + " set enable_seqscan = off");
        }
    }

    /** The processes that work for every contestant; this JVM places the orders and takes the mails. */
    Map<String, ProcessHandle> shared() {
        Map<String, ProcessHandle> shared = new LinkedHashMap<>();
        shared.put("postgres", postmaster());
        shared.put("kafka", kafka.handle());
        shared.put("load", ProcessHandle.current());
        return shared;
    }

    private ProcessHandle postmaster() {
        try (var lines = Files.lines(folder.resolve("postgres/postmaster.pid"))) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL has ended, see " + folder, e);
        }
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
