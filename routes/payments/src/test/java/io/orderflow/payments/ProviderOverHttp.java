package io.orderflow.payments;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Money;
import io.orderflow.provider.Faults;
import io.orderflow.provider.ProviderServer;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A provider over HTTP with everything in between: the simulator, on a database of its own, and our adapter. All tests
 * share one; each counts from when it came.
 */
final class ProviderOverHttp implements TestedProvider {

    private static final Duration SLOW = Duration.ofMillis(300);
    private static final Duration PATIENCE = SLOW.multipliedBy(5);

    private static final class Shared {
        private static final AtomicInteger FAILING = new AtomicInteger();
        private static final HikariDataSource POOL = pool();
        private static final ProviderServer SERVER = server(POOL, new NotNow(FAILING));
        private static final AdapterOverHttp ADAPTER = AdapterOverHttp.to(SERVER.address(), PATIENCE);
    }

    /** Answers 503 instead of the provider, so many times. */
    private static final class NotNow extends Filter {
        private final AtomicInteger times;

        NotNow(AtomicInteger times) {
            this.times = times;
        }

        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            } else {
                chain.doFilter(exchange);
            }
        }

        @Override
        public String description() {
            return "not now";
        }
    }

    private final JdbcTemplate books = new JdbcTemplate(Shared.POOL);
    private final long before = sum();

    /** A pool on a fresh database that is not ours. */
    static HikariDataSource pool() {
        var database = Postgres.shared().freshForeignDatabase();
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(8);
        return pool;
    }

    /** A simulator in this JVM. */
    static ProviderServer server(HikariDataSource pool, Filter... filters) {
        return new ProviderServer(0, pool, AdapterOverHttp.API_KEY, SLOW, Faults.none(), filters);
    }

    URI address() {
        return Shared.SERVER.address();
    }

    JdbcTemplate books() {
        return books;
    }

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        return Shared.ADAPTER.provider().charge(key, amount, token);
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        return Shared.ADAPTER.provider().fence(chargeKey);
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        return Shared.ADAPTER.provider().refund(key, chargeKey, amount);
    }

    @Override
    public long kept() {
        return sum() - before;
    }

    private long sum() {
        return books.queryForObject("""
                select coalesce(sum(case debit when 'customer' then amount_minor else -amount_minor end), 0)
                from provider.journal""", Long.class);
    }

    @Override
    public void giveNoAnswer(int times) {
        Shared.FAILING.set(times);
    }

    @Override
    public void refuseToRefund(String chargeKey, Money amount) {
        Shared.SERVER.simulator().refund("by-somebody-else-" + chargeKey.substring(20), chargeKey, amount);
    }
}
