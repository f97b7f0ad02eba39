package io.orderflow.e2e.shop;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.provider.Faults;
import io.orderflow.provider.ProviderServer;
import io.orderflow.provider.Simulator;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** A payment provider over HTTP, with a database of its own that no service may enter. */
public final class ProviderOverHttp implements AutoCloseable {

    private static final String API_KEY = "a-key-for-tests";

    private final HikariDataSource pool = new HikariDataSource();
    private final ProviderServer server;
    private final Path key;

    public ProviderOverHttp() {
        this(API_KEY);
    }

    /** @param apiKey what it knows its caller by */
    public ProviderOverHttp(String apiKey) {
        var database = Postgres.shared().freshForeignDatabase();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(8);
        server = new ProviderServer(0, pool, apiKey, Simulator.SLOW, Faults.none());
        try {
            key = Files.createTempFile("api-key", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        key.toFile().deleteOnExit();
        isCalledWith(apiKey);
    }

    /** What callers read in their key's file from now on. */
    public void isCalledWith(String apiKey) {
        try {
            Files.writeString(key, apiKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return server.address();
    }

    /** How an instance calls it. */
    List<String> settings() {
        return List.of(
                "--orderflow.payments.provider=http",
                "--orderflow.payments.http.url=" + server.address(),
                "--orderflow.payments.http.api-key-file=" + key,
                "--orderflow.payments.http.read-timeout=1s",
                "--orderflow.payments.http.total-timeout=3s",
                "--orderflow.payments.http.open-for=1s");
    }

    JdbcTemplate books() {
        return new JdbcTemplate(pool);
    }

    void isAway(boolean away) {
        server.simulator().faults(away ? Faults.of("unavailable=100", 1) : Faults.none());
    }

    @Override
    public void close() {
        server.close();
        pool.close();
    }
}
