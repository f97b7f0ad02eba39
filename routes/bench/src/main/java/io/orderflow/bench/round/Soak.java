package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A constant rate of seventy per cent of what a contestant carries, minute for minute. */
public final class Soak {

    private static final double SHARE = 0.7;
    private static final String MINUTE = "soak";

    private final Trial trial;
    private final Consumer<Figures> heard;

    public Soak(Machine machine, Consumer<Figures> heard) {
        this.trial = new Trial(machine);
        this.heard = heard;
    }

    /** One round a minute. */
    public List<Figures> of(Entrant entrant, Duration warm, int minutes) throws Exception {
        double rate = SHARE * new WarmUp(trial, warm, Duration.ofSeconds(10)).of(entrant);
        List<Figures> figures = new ArrayList<>();
        for (int minute = 1; minute <= minutes; minute++) {
            var seen = trial.run(entrant, MINUTE, Demand.open(OrderMix.EVEN, rate, Duration.ofMinutes(1)), minute);
            figures.add(seen);
            heard.accept(seen);
        }
        return figures;
    }
}
