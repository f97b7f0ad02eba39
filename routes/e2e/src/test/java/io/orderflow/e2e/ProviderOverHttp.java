package io.orderflow.e2e;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.provider.Faults;
import io.orderflow.provider.ProviderServer;
import io.orderflow.provider.Simulator;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** A payment provider over HTTP, with a database of its own that no service may enter. */
final class ProviderOverHttp implements AutoCloseable {

    private static final String API_KEY = "a-key-for-tests";

    private final HikariDataSource pool = new HikariDataSource();
    private final ProviderServer server;
    private final Path key;

    ProviderOverHttp() {
        var database = Postgres.shared().freshForeignDatabase();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(8);
        server = new ProviderServer(0, pool, API_KEY, Simulator.SLOW, Faults.none());
        try {
            key = Files.writeString(Files.createTempFile("api-key", ""), API_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        key.toFile().deleteOnExit();
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
