package io.orderflow.http.ops;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.ops.JdbcAudit.Entry;
import io.orderflow.http.ops.Timeline.Step;
import io.orderflow.http.ops.Timeline.What;
import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.Releases.Tried;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID CALL = UUID.randomUUID();

    @Test
    void tellsWhoDidWhatAndWhy() {
        assertThat(Timeline.of(event(State.RELEASED), List.of(call("FAILED_AGAIN", 1), call("RELEASED", 2)), List.of()))
                .containsExactly(
                        new Step(BEGIN, What.PARKED, null, null, null, null),
                        new Step(BEGIN.plusSeconds(1), What.FAILED_AGAIN, "eve", "mended", CALL, null),
                        new Step(BEGIN.plusSeconds(2), What.RELEASED, "eve", "mended", CALL, null));
    }

    @Test
    void aReleaseOfManyIsAStepInItsTime() {
        var release = UUID.randomUUID();
        var tried = List.of(
                new Tried(release, Result.FAILED_AGAIN, BEGIN.plusSeconds(1), "bob", "hopes", CALL),
                new Tried(release, Result.RELEASED, BEGIN.plusSeconds(3), "bob", "hopes", CALL));

        assertThat(Timeline.of(event(State.RELEASED), List.of(call("FAILED_AGAIN", 2)), tried))
                .containsExactly(
                        new Step(BEGIN, What.PARKED, null, null, null, null),
                        new Step(BEGIN.plusSeconds(1), What.FAILED_AGAIN, "bob", "hopes", CALL, release),
                        new Step(BEGIN.plusSeconds(2), What.FAILED_AGAIN, "eve", "mended", CALL, null),
                        new Step(BEGIN.plusSeconds(3), What.RELEASED, "bob", "hopes", CALL, release));
    }

    /** An erasure, or the age of an address, ends it without an operator. */
    @Test
    void anEndThatNobodyCalledForIsAStepAsWell() {
        assertThat(Timeline.of(event(State.DISCARDED), List.of(call("FAILED_AGAIN", 1)), List.of()))
                .extracting(Step::what)
                .containsExactly(What.PARKED, What.FAILED_AGAIN, What.DISCARDED);
        assertThat(Timeline.of(event(State.DISCARDED), List.of(), List.of()).getLast())
                .isEqualTo(new Step(BEGIN.plusSeconds(9), What.DISCARDED, null, null, null, null));
        assertThat(Timeline.of(event(State.PARKED), List.of(), List.of())).hasSize(1);
    }

    private static Listed event(State state) {
        var parked = new Parked(
                UUID.randomUUID(), ORDERS, "payment_events", 0, 1, "key", null, Reason.FAILED, "Any", 3, BEGIN);
        return new Listed(parked, state, state == State.PARKED ? null : BEGIN.plusSeconds(9), "Any", "Any", "0");
    }

    private static Entry call(String result, int second) {
        return new Entry(
                CALL, BEGIN.plusSeconds(second), "orders", "eve", "", "", "", "mended", result, "PARKED", result);
    }
}
