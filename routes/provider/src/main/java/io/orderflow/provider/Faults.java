package io.orderflow.provider;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What goes wrong with so many calls of a hundred, whatever their token. The same seed and the same order of calls make
 * the same faults. Written {@code time-out-after-charge=10,unavailable=5}.
 */
public final class Faults {

    /** What can go wrong. */
    enum Fault {
        /** The charge is captured, and its caller hears nothing. */
        TIME_OUT_AFTER_CHARGE,
        /** The charge is declined, and its caller hears nothing. */
        LATE_REFUSAL,
        /** Nothing is done, and the caller hears nothing. */
        TIME_OUT,
        /** "Not now", and nothing was done. */
        UNAVAILABLE,
        /** The call takes its time, longer than a caller may want to wait. */
        SLOW,
        /** It is done, and the answer cannot be read. */
        GARBAGE,
        /** It is done, and the answer comes twice. */
        ANSWERED_TWICE,
        /** "Not now", to a refund. */
        REFUND_FAILS;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Fault, Integer> percents;
    private final Random random;

    private Faults(Map<Fault, Integer> percents, long seed) {
        this.percents = percents;
        this.random = new Random(seed);
    }

    public static Faults none() {
        return new Faults(Map.of(), 0);
    }

    /**
     * @throws IllegalArgumentException for what is no fault, or no percentage
     */
    public static Faults of(String text, long seed) {
        Map<Fault, Integer> percents = new EnumMap<>(Fault.class);
        for (var part : text.isBlank() ? new String[0] : text.split(",")) {
            var both = part.strip().split("=", 2);
            if (both.length < 2 || !both[1].matches("100|\\d{1,2}")) {
                throw new IllegalArgumentException("faults: " + part + " (expected: unavailable=5, in percent)");
            }
            percents.put(named(both[0]), Integer.parseInt(both[1]));
        }
        return new Faults(percents, seed);
    }

    private static Fault named(String word) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("faults: " + word + " (expected: some of "
                        + Arrays.stream(Fault.values()).map(Fault::word).toList() + ")"));
    }

    boolean areNone() {
        return percents.isEmpty();
    }

    /** Whether it happens to this call. */
    boolean happens(Fault fault) {
        int percent = percents.getOrDefault(fault, 0);
        return percent > 0 && random.nextInt(100) < percent;
    }
}
