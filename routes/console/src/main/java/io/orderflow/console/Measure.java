package io.orderflow.console;

import io.orderflow.console.Overview.Share;
import io.orderflow.console.Overview.State;
import io.orderflow.console.Overview.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What the tiles measure, with the thresholds of the alerts where there is one. */
enum Measure {
    OLDEST_OUTBOX("seconds", 10, 60),
    STUCK("orders", 1, 10),
    PARKED("events", 1, 100),
    WORST_LAG("events", 1_000, 10_000);

    private final String unit;
    private final double warn;
    private final double bad;

    Measure(String unit, double warn, double bad) {
        this.unit = unit;
        this.warn = warn;
        this.bad = bad;
    }

    State state(OptionalDouble value) {
        if (value.isEmpty()) {
            return State.UNKNOWN;
        }
        double number = value.getAsDouble();
        return number >= bad ? State.BAD : number >= warn ? State.WARN : State.OK;
    }

    /** @param byRole what each role has of it, in their order */
    Tile tile(OptionalDouble value, Map<String, OptionalDouble> byRole) {
        List<Share> shares = new ArrayList<>();
        byRole.forEach((role, share) ->
                shares.add(new Share(role, number(share), state(share).word())));
        return new Tile(
                name().toLowerCase(Locale.ROOT),
                number(value),
                unit,
                state(value).word(),
                warn,
                bad,
                List.copyOf(shares));
    }

    private static Double number(OptionalDouble value) {
        return value.isEmpty() ? null : Double.valueOf(value.getAsDouble());
    }
}
