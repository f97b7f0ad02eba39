package io.orderflow.messaging.watch;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far this process' clock is from the database's, which is the one that counts: leases, deadlines, ages and what is
 * forgotten go by it. A process whose clock is wrong dates its events wrongly, so it says so and forgets nothing.
 */
public final class ClockWatch {

    private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration MOST = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private boolean wrong;

    public ClockWatch(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How far it is ahead, negative if it is behind; that it is wrong or right again is said once. */
    public synchronized Duration ahead() {
        var before = clock.instant();
        var database =
                jdbc.queryForObject("select clock_timestamp()", Timestamp.class).toInstant();
        var after = clock.instant();
        // Between the two readings it was as the database says: what the answer took is no difference.
        var ahead = before.isAfter(database)
                ? Duration.between(database, before)
                : after.isBefore(database) ? Duration.between(database, after) : Duration.ZERO;
        if (isWrong(ahead) && !wrong) {
            log.error(
                    "clock: {} s from the database's (expected: at most {} s; set this machine's clock); this process forgets nothing",
                    ahead.toSeconds(),
                    MOST.toSeconds());
        } else if (!isWrong(ahead) && wrong) {
            log.info("clock: right again");
        }
        wrong = isWrong(ahead);
        return ahead;
    }

    /** Whether it differs by more than a minute. */
    public boolean isWrong() {
        return isWrong(ahead());
    }

    private static boolean isWrong(Duration ahead) {
        return ahead.abs().compareTo(MOST) > 0;
    }
}
