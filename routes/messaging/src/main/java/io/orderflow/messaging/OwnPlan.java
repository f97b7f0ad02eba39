package io.orderflow.messaging;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a statement with a plan that is made for its values. All others have one plan for whatever values they get,
 * which is wrong where values decide: where whoever asks has chosen the {@link Conditions}, and the rarest is to lead,
 * and where of a large table only what is older than a time is wanted, which is mostly next to nothing.
 */
public final class OwnPlan {

    private OwnPlan() {}

    /** What a query finds; in the running transaction, or else in one of its own. */
    public static <T> List<T> query(JdbcTemplate jdbc, String sql, RowMapper<T> row, Object... values) {
        return run(jdbc, () -> jdbc.query(sql, row, values));
    }

    /** How many rows a statement changes; in the running transaction, or else in one of its own. */
    public static int update(JdbcTemplate jdbc, String sql, Object... values) {
        return run(jdbc, () -> jdbc.update(sql, values));
    }

    private static <T> T run(JdbcTemplate jdbc, Supplier<T> statement) {
        var transactions = new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource()));
        return new TransactionTemplate(transactions).execute(status -> {
            jdbc.execute("set local plan_cache_mode = force_custom_plan");
            return statement.get();
        });
    }
}
