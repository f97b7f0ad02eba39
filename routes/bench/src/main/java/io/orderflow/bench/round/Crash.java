package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Kills a contestant in the middle of a load and starts it again: what it has promised by then must come true. */
public final class Crash {

    private Crash() {}

    /** What is wrong afterwards. */
    public static List<String> of(Entrant entrant, Demand demand, Duration until) throws Exception {
        var killed = Thread.ofPlatform().start(() -> killAfter(entrant, until));
        var carried = entrant.carry(demand);
        killed.join();
        List<String> findings = new ArrayList<>(entrant.audit());
        if (carried.missing() > 0) {
            findings.add(carried.missing() + " orders had no end, or nobody was told, when nothing moved any more");
        }
        return findings;
    }

    private static void killAfter(Entrant entrant, Duration until) {
        try {
            Thread.sleep(until);
            entrant.killAndStart();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(entrant.name() + " does not start again", e);
        }
    }
}
