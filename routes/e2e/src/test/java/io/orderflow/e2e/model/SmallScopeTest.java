package io.orderflow.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.model.EveryInterleaving;
import io.orderflow.messaging.model.Kind;
import io.orderflow.messaging.model.Scope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One order without its mails, and everything that can happen to it: every order of all steps, with a disturbance or
 * two at every moment. The numbers of states are printed.
 */
class SmallScopeTest {

    private static final int MOST_STATES = Integer.getInteger("states", 300_000);
    private static final Scope SCOPE = new Scope(1, 1, true, List.of(Saga.DEADLINE.plusMinutes(1)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DUPLICATE",
                "ROLLBACK",
                "CRASH",
                "PARKED FAILED_AGAIN",
                "NO_ANSWER",
                "LATE",
                "DUPLICATE CRASH",
                "FORGOTTEN REPLAY"
            })
    void anOrderThatCanBeFilledIsConfirmed(String disturbances) throws Exception {
        assertThat(explore(1, "tok_visa", disturbances)).containsOnlyKeys("CONFIRMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WISH", "WISH CRASH", "WISH NO_ANSWER", "WISH LATE", "WISH REFUSAL", "WISH PARKED"})
    void anOrderThatIsCalledOffWhileItIsRefusedCostsNothing(String disturbances) throws Exception {
        assertThat(explore(0, "tok_visa", disturbances))
                .containsOnlyKeys(
                        "CANCELLED CUSTOMER",
                        "CANCELLED CUSTOMER uncharged",
                        "CANCELLED OUT_OF_STOCK",
                        "CANCELLED OUT_OF_STOCK uncharged");
    }

    @Test
    void anOrderIsConfirmedOrItsDeadlinePasses() throws Exception {
        confirmsOrCallsOff("TIME TIMER TIMER");
    }

    /** With one more look at the clock, which makes twice as many states. */
    @Test
    @Tag("campaign")
    void norDoesItEndOtherwiseWhenTheClockIsLookedAtOnceMore() throws Exception {
        confirmsOrCallsOff("TIME TIMER TIMER TIMER");
    }

    private static void confirmsOrCallsOff(String disturbances) throws Exception {
        assertThat(explore(1, "tok_visa", disturbances))
                .containsOnlyKeys("CONFIRMED", "CANCELLED DEADLINE", "CANCELLED DEADLINE uncharged");
    }

    @ParameterizedTest
    @Tag("campaign")
    @ValueSource(
            strings = {
                "WISH DUPLICATE",
                "WISH ROLLBACK",
                "WISH LATE CRASH",
                "WISH NO_ANSWER CRASH",
                "WISH REFUSAL CRASH",
                "WISH PARKED CRASH"
            })
    void norDoesItWithMore(String disturbances) throws Exception {
        assertThat(explore(0, "tok_visa", disturbances)).doesNotContainKey("CONFIRMED");
    }

    private static Map<String, Long> explore(int onShelf, String token, String disturbances) throws Exception {
        Map<Kind, Integer> times = new EnumMap<>(Kind.class);
        for (var kind : disturbances.split(" ")) {
            times.merge(Kind.valueOf(kind), 1, Integer::sum);
        }
        try (var saga = Saga.withoutMails(SCOPE)) {
            saga.world.begin();
            saga.inventory.stocks("MUG", onShelf);
            saga.customers.wish(1, token, times.containsKey(Kind.WISH));
            var books = new SagaInvariants(saga);
            var every = new EveryInterleaving(saga.world, books, MOST_STATES);
            long start = System.nanoTime();
            every.explore(times);
            System.out.printf(
                    "%d on the shelf, with %s: %d states, %d ends %s, %d ms%n",
                    onShelf,
                    times,
                    every.states(),
                    every.ends(),
                    books.ends(),
                    (System.nanoTime() - start) / 1_000_000);
            return books.ends();
        }
    }
}
