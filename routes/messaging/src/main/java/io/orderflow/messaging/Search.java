package io.orderflow.messaging;

import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A query whose {@link Conditions} were chosen by whoever asks. It is planned for their values, so that the rarest of
 * them leads, where any other statement of a service has one plan for whatever values it gets.
 */
public final class Search {

    private Search() {}

    /** What a query finds; in the running transaction, or else in one of its own. */
    public static <T> List<T> query(JdbcTemplate jdbc, String sql, RowMapper<T> row, Object... values) {
        var transactions = new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource()));
        return new TransactionTemplate(transactions).execute(status -> {
            jdbc.execute("set local plan_cache_mode = force_custom_plan");
            return jdbc.query(sql, row, values);
        });
    }
}
