package io.orderflow.orders;

import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.messaging.Leases.Holder.MINE;
import static io.orderflow.messaging.Leases.Holder.MINE_AFTER_NOBODY;
import static io.orderflow.messaging.Leases.Holder.OTHERS;
import static io.orderflow.orders.Told.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Duty;
import io.orderflow.messaging.fixture.LeasesAt;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final UUID ID = new UUID(0, 1);
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private final OpenOrdersInMemory open = new OpenOrdersInMemory();
    private final ProgressAt progress = new ProgressAt();
    private final LeasesAt leases = new LeasesAt();
    private final Duty duty = new Duty(leases, ORDERS, "deadlines", Duration.ofSeconds(15));
    private final Deadlines deadlines = new Deadlines(duty, progress, ids -> open.parked, open, DEADLINE);

    @BeforeEach
    void caughtUp() {
        progress.caughtUpTo = NOW;
    }

    @Test
    void passesAtTheDeadlineAndNotBefore() {
        open.pending(ID, NOW.minus(DEADLINE));
        open.pending(new UUID(0, 2), NOW.minus(DEADLINE).plusMillis(1));

        assertThat(deadlines.passed()).containsExactly(new DeadlinePassed(ID));
    }

    @Test
    void waitsWhileOrdersHasNotHeardWhatWasSaidBeforeTheDeadline() {
        open.pending(ID, NOW.minus(DEADLINE).minusSeconds(60));

        progress.caughtUpTo = NOW.minusSeconds(61);
        assertThat(deadlines.passed()).isEmpty();

        progress.caughtUpTo = NOW.minusSeconds(60);
        assertThat(deadlines.passed()).hasSize(1);
    }

    @Test
    void waitsWhileNobodyKnowsWhatWasHeard() {
        open.pending(ID, NOW.minus(DEADLINE));
        progress.caughtUpTo = null;

        assertThat(deadlines.passed()).isEmpty();
    }

    @Test
    void looksAtTheBrokerWhileNoOrderWaits() {
        assertThat(deadlines.passed()).isEmpty();

        assertThat(progress.asked).isEqualTo(1);
    }

    @Test
    void startsWhenTheBrokerHasTheOrder() {
        open.pending(ID, NOW.minus(Duration.ofHours(1)));

        progress.behindUntil = NOW.minus(DEADLINE).plusMillis(1);
        assertThat(deadlines.passed()).isEmpty();

        progress.behindUntil = NOW.minus(DEADLINE);
        assertThat(deadlines.passed()).hasSize(1);
    }

    @Test
    void leavesOrdersWithAParkedEventAndGoesPastThem() {
        var oldest = Instant.EPOCH;
        for (int i = 0; i < 2 * Deadlines.ORDERS_OF_A_SLICE; i++) {
            var parked = new UUID(1, i);
            open.pending(parked, oldest.plusMillis(i));
            open.parked.add(parked);
        }
        assertThat(deadlines.passed()).isEmpty();

        open.pending(ID, NOW.minus(DEADLINE));
        assertThat(deadlines.passed()).containsExactly(new DeadlinePassed(ID));
    }

    @Test
    void takesTheOldestSlice() {
        for (int i = 0; i < Deadlines.ORDERS_OF_A_SLICE + 1; i++) {
            open.pending(new UUID(1, i), Instant.EPOCH.plusMillis(i));
        }
        assertThat(deadlines.passed())
                .hasSize(Deadlines.ORDERS_OF_A_SLICE)
                .contains(new DeadlinePassed(new UUID(1, 0)))
                .doesNotContain(new DeadlinePassed(new UUID(1, Deadlines.ORDERS_OF_A_SLICE)));
    }

    @Test
    void leavesItToTheInstanceThatHoldsTheLease() {
        open.pending(ID, NOW.minus(DEADLINE));
        leases.holder = OTHERS;

        assertThat(deadlines.passed()).isEmpty();
    }

    @Test
    void whoDoesNotReachTheBrokerLeavesItToOthersAndSaysNothingOfThem() {
        leases.holder = MINE_AFTER_NOBODY;
        progress.caughtUpTo = null;

        assertThat(deadlines.passed()).isEmpty();
        assertThat(leases.holder).isEqualTo(OTHERS);
        assertThat(progress.noted).isZero();
    }

    @Test
    void whoWatchesAfterNobodyDidNotesIt() {
        deadlines.passed();
        assertThat(progress.noted).isZero();

        leases.holder = MINE_AFTER_NOBODY;
        deadlines.passed();
        leases.holder = MINE;
        deadlines.passed();
        assertThat(progress.noted).isEqualTo(1);
    }
}
