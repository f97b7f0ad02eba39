package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Differs;
import io.orderflow.messaging.Releases.Item;
import io.orderflow.messaging.Releases.Order;
import io.orderflow.messaging.Releases.Plan;
import io.orderflow.messaging.Releases.Release;
import io.orderflow.messaging.Releases.Selection;
import io.orderflow.messaging.Releases.Step;
import io.orderflow.messaging.counter.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a release is made of, and how it is moved on. */
class ReleaseRowsTest {

    private static final DriverManagerDataSource DATABASE = Schemas.fresh(INVENTORY);
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final String TOPIC = "order_events";

    private final ParkedRows parked = new ParkedRows(JDBC, INVENTORY);
    private final ReleaseRows rows = parked.releases();
    private long offset;

    @BeforeEach
    void forgetEverything() {
        for (var table : List.of("parked", "parked_key", "release")) {
            JDBC.update("delete from inventory." + table);
        }
    }

    @Test
    void oneOrderComesAfterTheOtherWithWhatWaitsBehindIt() {
        var one = park("one", Reason.FAILED);
        var two = park("two", Reason.FAILED);
        var behindOne = park("one", Reason.FOLLOWER);
        var behindTwo = park("two", Reason.FOLLOWER);
        park("three", Reason.UNREADABLE);

        var release = store(failed(true, null));

        assertThat(items(release)).extracting(Item::event).containsExactly(one, behindOne, two, behindTwo);
        assertThat(items(release)).extracting(Item::follower).containsExactly(false, true, false, true);
        assertThat(plan(failed(true, null))).isEqualTo(plan(2, 4, 2, 2, 0, 0, 0));
        assertThat(find(release).events()).isEqualTo(4);
        assertThat(find(release).followers()).isEqualTo(2);
        assertThat(find(release).orders()).isEqualTo(2);
        assertThat(find(release).left()).isEqualTo(4);
        assertThat(plan(failed(false, null))).isEqualTo(plan(2, 2, 0, 2, 0, 0, 0));
    }

    /** As a consumer parks it: for it was not tried it has no error, and for it was not read no order and no type. */
    @Test
    void whatWaitsGoesWithThemWhateverItLacks() {
        var order = UUID.randomUUID();
        var head = park("one", order, "OrderCreated", Fault.seen(Reason.FAILED, "Any", 1));
        var behind = park("one", null, null, Fault.seen(Reason.FOLLOWER, "behind another", 0));

        for (var filter : List.of(
                new Filter(State.PARKED, null, null, null, null, null, "Any", null, null, null),
                new Filter(State.PARKED, null, null, null, "OrderCreated", null, null, null, null, null),
                new Filter(State.PARKED, order, null, null, null, null, null, null, null, null))) {
            var selection = new Selection(Action.RELEASE, filter, List.of(), null, true, null);

            assertThat(plan(selection)).isEqualTo(plan(1, 2, 1, 1, 0, 0, 0));
            var release = store(selection);
            assertThat(items(release)).extracting(Item::event).containsExactly(head, behind);
            assertThat(items(release)).extracting(Item::follower).containsExactly(false, true);
        }
    }

    /** What is not understood holds up nobody, nor does what is settled. */
    @Test
    void onlyWhatWaitsBehindThemGoesWithThem() {
        var unknown = park("one", Reason.NOT_UNDERSTOOD);
        var settled = park("one", Reason.FAILED);
        parked.end(parked.take(settled).orElseThrow(), State.DISCARDED, true);
        park("one", Reason.UNREADABLE);
        var head = park("one", Reason.FAILED);
        var behind = park("one", Reason.FOLLOWER);
        var meant = List.of(unknown, settled, head);

        assertThat(items(store(of(meant)))).extracting(Item::event).containsExactly(unknown, settled, head, behind);
        assertThat(plan(of(meant))).isEqualTo(plan(3, 4, 1, 1, 1, 0, 2));
        assertThat(plan(of(List.of(unknown, settled)))).isEqualTo(plan(2, 2, 0, 1, 1, 0, 0));
    }

    @Test
    void theFirstAreTakenOfTheSameOrder() {
        var one = park("one", Reason.FAILED);
        park("two", Reason.FAILED);
        var behind = park("one", Reason.FOLLOWER);

        assertThat(items(store(failed(true, 2)))).extracting(Item::event).containsExactly(one, behind);
        assertThat(plan(failed(true, 1))).isEqualTo(plan(2, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void aPlanSaysWhatWouldStayAndWhy() {
        var old = park("old", Reason.FAILED);
        park("old", Reason.FOLLOWER);
        JDBC.update("update inventory.parked set parked_at = now() - interval '8 days' where id = ?", old);
        park("behind", Reason.UNREADABLE);
        park("behind", Reason.FAILED);
        park("free", Reason.NOT_UNDERSTOOD);
        var settled = park("settled", Reason.FAILED);
        parked.end(parked.take(settled).orElseThrow(), State.DISCARDED, true);

        assertThat(plan(failed(true, null))).isEqualTo(plan(2, 3, 1, 2, 0, 1, 2));
        assertThat(plan(of(List.of(settled, old)))).isEqualTo(plan(2, 3, 1, 2, 1, 1, 1));
        assertThat(plan(all(Action.RELEASE))).isEqualTo(plan(5, 5, 0, 3, 0, 1, 1));
        assertThat(plan(all(Action.DISCARD))).isEqualTo(plan(5, 5, 0, 3, 0, 0, 0));
    }

    @Test
    void anErasureWaitsBehindNothingAndIsNeverTooLate() {
        park("ada", Reason.UNREADABLE);
        var erasure = parkErasure("ada");
        JDBC.update("update inventory.parked set parked_at = now() - interval '8 days' where id = ?", erasure);

        assertThat(plan(failed(true, null))).isEqualTo(plan(1, 1, 0, 1, 0, 0, 0));
    }

    /** Given up it would never be heard, and what it erases stayed. */
    @Test
    void anErasureIsGivenUpOnlyByItsId() {
        var contact = park("ada", Reason.FAILED);
        var erasure = parkErasure("ada");

        var release = store(all(Action.DISCARD));
        assertThat(items(release)).extracting(Item::event).containsExactly(contact);
        for (var id : List.of(contact, erasure)) {
            var named = store(new Selection(Action.DISCARD, null, List.of(id), null, true, null));
            assertThat(items(named)).extracting(Item::event).containsExactly(id);
        }
        assertThat(items(store(all(Action.RELEASE)))).hasSize(2);
        parkErasure("ada");
        assertThat(rows.lists().later(release)).isZero();
        park("ada", Reason.FOLLOWER);
        assertThat(rows.lists().later(release)).isEqualTo(1);
    }

    @Test
    void whatParksLaterIsCountedApart() {
        park("one", Reason.FAILED);
        park("two", Reason.UNREADABLE);
        var release = store(failed(true, null));
        assertThat(rows.lists().later(release)).isZero();

        park("one", Reason.FOLLOWER);
        park("three", Reason.FAILED);
        park("two", Reason.FOLLOWER);

        assertThat(rows.lists().later(release)).isEqualTo(2);
        assertThat(items(release)).hasSize(1);
        assertThat(plan(before(find(release).createdAt())).matches()).isEqualTo(1);
        assertThat(plan(before(null)).matches()).isEqualTo(2);
    }

    /** Who looked at one event does not give up two. */
    @Test
    void whatParksAfterTheDryRunIsNoFollowerEither() {
        var head = park("one", Reason.FAILED);
        var behind = park("one", Reason.FOLLOWER);
        var seen = rows.plan(failed(true, null), WINDOW).before();
        park("one", Reason.FOLLOWER);

        for (var selection : List.of(
                new Selection(Action.DISCARD, reason(Reason.FAILED), List.of(), seen, true, null),
                new Selection(Action.DISCARD, null, List.of(head), seen, true, null))) {
            assertThat(plan(selection)).isEqualTo(plan(1, 2, 1, 1, 0, 0, 0));
            var release = store(selection);
            assertThat(items(release)).extracting(Item::event).containsExactly(head, behind);
            assertThat(rows.lists().later(release)).isEqualTo(1);
        }
        assertThat(plan(failed(true, null))).isEqualTo(plan(1, 3, 2, 1, 0, 0, 0));
    }

    /** Two minutes later one is older, and would match where it did not, or not where it did. */
    @Test
    void agesAreThoseOfTheDryRun() {
        var one = park("one", Reason.FAILED);
        JDBC.update("update inventory.parked set parked_at = now() - interval '61 minutes' where id = ?", one);
        var before = rows.plan(failed(true, null), WINDOW).before().minusSeconds(120);
        var hour = Duration.ofHours(1);

        assertThat(plan(aged(hour, null, before)).matches()).isZero();
        assertThat(plan(aged(null, hour, before)).matches()).isEqualTo(1);
        for (var now : Arrays.asList(null, before.plusSeconds(3_600))) {
            assertThat(plan(aged(hour, null, now)).matches()).isEqualTo(1);
            assertThat(plan(aged(null, hour, now)).matches()).isZero();
        }
    }

    @Test
    void anotherNumberThanWasExpectedIsNoRelease() {
        park("one", Reason.FAILED);

        assertThatThrownBy(() -> rows.store(failed(true, null), order(600, 2), WINDOW))
                .isInstanceOf(Differs.class)
                .satisfies(thrown -> assertThat(((Differs) thrown).matches()).isEqualTo(1));
        assertThat(find(rows.store(failed(true, null), order(600, 1), WINDOW)).events())
                .isEqualTo(1);
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(find(store(failed(true, null))).state()).isEqualTo(Releases.State.DONE);
        assertThat(rows.next()).isEmpty();
    }

    @Test
    void theOldestRunsAndTheOthersWaitUntilItIsHeldUpOrOver() {
        park("one", Reason.FAILED);
        var first = store(failed(true, null));
        var second = store(failed(true, null));

        assertThat(state(first)).isEqualTo(Releases.State.RUNNING);
        assertThat(state(second)).isEqualTo(Releases.State.WAITING);
        assertThat(rows.take(first, Step.RESUME)).isFalse();
        assertThat(rows.take(first, Step.PAUSE)).isTrue();
        assertThat(rows.take(first, Step.PAUSE)).isFalse();
        assertThat(rows.next().orElseThrow().release()).isEqualTo(second);
        assertThat(state(second)).isEqualTo(Releases.State.RUNNING);
        assertThat(rows.take(first, Step.RESUME)).isTrue();
        assertThat(rows.next().orElseThrow().release()).isEqualTo(first);
        assertThat(rows.take(first, Step.STOP)).isTrue();
        assertThat(rows.take(first, Step.STOP)).isFalse();
        assertThat(rows.take(first, Step.RESUME)).isFalse();
        assertThat(find(first).endedAt()).isNotNull();
        assertThat(rows.next().orElseThrow().release()).isEqualTo(second);
    }

    /** Two instances may believe for a moment that it is theirs. */
    @Test
    void anEventIsNotedOnceAndOnlyWhileItsReleaseRuns() {
        park("one", Reason.FAILED);
        park("two", Reason.FAILED);
        var release = store(failed(true, null));
        var next = rows.next().orElseThrow();

        assertThat(rows.moveOn(next, Result.RELEASED)).isTrue();
        assertThat(rows.moveOn(next, Result.NOT_PARKED)).isFalse();
        assertThat(find(release).done()).isEqualTo(1);
        assertThat(find(release).alreadyDone()).isZero();
        var second = rows.next().orElseThrow();
        rows.take(release, Step.PAUSE);
        assertThat(rows.moveOn(second, Result.RELEASED)).isFalse();
        rows.take(release, Step.RESUME);
        assertThat(rows.moveOn(second, Result.FAILED_AGAIN)).isTrue();
        assertThat(find(release).failedAgain()).isEqualTo(1);
        assertThat(state(release)).isEqualTo(Releases.State.DONE);
        assertThat(items(release)).extracting(Item::result).containsExactly(Result.RELEASED, Result.FAILED_AGAIN);
        assertThat(rows.lists().items(release, Result.FAILED_AGAIN, 0, 10, null))
                .extracting(Item::error)
                .containsExactly("Any");
        assertThat(rows.lists().items(release, null, 1, 10, null))
                .extracting(Item::place)
                .containsExactly(2);
    }

    @Test
    void thePaceIsKeptWhateverWasMissed() {
        for (var key : List.of("one", "two", "three", "four")) {
            park(key, Reason.FAILED);
        }
        rows.store(failed(true, null), order(6, null), WINDOW);
        var inTenSeconds = List.of(Result.RELEASED, Result.FAILED_AGAIN);

        for (var result : inTenSeconds) {
            JDBC.update("update inventory.release set due_at = now() - interval '1 hour'");
            var next = rows.next().orElseThrow();
            assertThat(next.dueIn()).isZero();
            rows.moveOn(next, result);
            assertThat(rows.next().orElseThrow().dueIn()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
        }
        JDBC.update("update inventory.release set due_at = now()");
        rows.moveOn(rows.next().orElseThrow(), Result.NOT_PARKED);
        assertThat(rows.next().orElseThrow().dueIn())
                .as("what was settled takes no time")
                .isZero();
    }

    @Test
    void whatIsOverIsForgottenWithItsEventsWhenItIsOld() {
        park("one", Reason.FAILED);
        var release = store(failed(true, null));
        var open = store(failed(true, null));
        rows.take(release, Step.STOP);
        JDBC.update("update inventory.release set created_at = now() - interval '100 days'");
        assertThat(rows.forgetEnded(Duration.ofDays(90))).isZero();
        JDBC.update("update inventory.release set ended_at = now() - interval '91 days' where id = ?", release);

        assertThat(rows.forgetEnded(Duration.ofDays(90))).isEqualTo(1);
        assertThat(rows.lists().find(release)).isEmpty();
        assertThat(items(release)).isEmpty();
        assertThat(items(open)).hasSize(1);
    }

    private UUID store(Selection selection) {
        return rows.store(selection, order(600, null), WINDOW);
    }

    private static Order order(int perMinute, Integer matches) {
        return new Order("what", "eve", "why", UUID.randomUUID(), perMinute, matches);
    }

    private Release find(UUID release) {
        return rows.lists().find(release).orElseThrow();
    }

    private Releases.State state(UUID release) {
        return find(release).state();
    }

    private List<Item> items(UUID release) {
        return rows.lists().items(release, null, 0, 100, null);
    }

    private Plan plan(Selection selection) {
        var plan = rows.plan(selection, WINDOW);
        assertThat(plan.before()).isNotNull();
        return plan(
                plan.matches(),
                plan.events(),
                plan.followers(),
                plan.orders(),
                plan.alreadyDone(),
                plan.tooLate(),
                plan.behindAnother());
    }

    private static Plan plan(int matches, int events, int followers, int orders, int done, int late, int behind) {
        return new Plan(matches, events, followers, orders, done, late, behind, null);
    }

    private static Selection failed(boolean followers, Integer first) {
        return new Selection(Action.RELEASE, reason(Reason.FAILED), List.of(), null, followers, first);
    }

    private static Selection before(Instant before) {
        return new Selection(Action.RELEASE, reason(Reason.FAILED), List.of(), before, false, null);
    }

    private static Selection aged(Duration min, Duration max, Instant before) {
        var filter = new Filter(State.PARKED, null, null, null, null, null, null, null, min, max);
        return new Selection(Action.RELEASE, filter, List.of(), before, false, null);
    }

    private static Selection all(Action action) {
        return new Selection(action, reason(null), List.of(), null, true, null);
    }

    private static Selection of(List<UUID> ids) {
        return new Selection(Action.RELEASE, null, ids, null, true, null);
    }

    private static Filter reason(Reason reason) {
        return new Filter(State.PARKED, null, null, null, null, reason, null, null, null, null);
    }

    private UUID park(String key, Reason reason) {
        return park(key, null, "OrderCreated", Fault.seen(reason, "Any", 1));
    }

    private UUID parkErasure(String key) {
        var received = new Received(TOPIC, 0, offset++, bytes(key), null, Instant.EPOCH, List.of());
        return parked.park(received, null, null, Fault.seen(Reason.FAILED, "Any", 1))
                .orElseThrow()
                .id();
    }

    private UUID park(String key, UUID order, String type, Fault fault) {
        var received = new Received(TOPIC, 0, offset++, bytes(key), bytes("{}"), Instant.EPOCH, List.of());
        return parked.park(received, order, type, fault).orElseThrow().id();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
