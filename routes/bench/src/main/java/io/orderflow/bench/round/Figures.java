package io.orderflow.bench.round;

import java.util.Map;

/**
 * What one contestant did with one load in one round.
 *
 * @param values by their names in the report; "per order" is in the name where it is so
 */
public record Figures(String contestant, String load, int round, Map<String, Double> values) {

    public static final String CONFIRMED = "confirmed/s";
    public static final String TOLD = "told/s";
    public static final String PROCESSOR = "cpu ms/order";
    public static final String COMPILING = "compiling";
    public static final String AT_REST = "at rest";
    public static final String PROCESSORS = "processors";
    public static final String OTHERS = "processors of others";

    /** Of a contestant's processor time; one that still compiles more is not what it will be. */
    private static final double WARM = 0.03;

    public boolean isWarm() {
        return values.get(COMPILING) < WARM;
    }
}
