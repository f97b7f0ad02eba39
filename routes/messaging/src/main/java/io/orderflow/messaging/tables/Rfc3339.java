package io.orderflow.messaging.tables;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * Times as RFC 3339 writes them, all of them: Java's own parser knows no leap second, no more than nine digits of a
 * fraction and no offset beyond 18 hours, but others that the RFC does not.
 */
final class Rfc3339 {

    private static final Pattern TIME = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})"
            + "[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?"
            + "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");

    private static final int DIGITS_OF_NANOS = 9;

    private Rfc3339() {}

    /**
     * The moment that a text names. A second 60 is the next minute's first; what a fraction has beyond nine digits is
     * cut.
     *
     * @throws DateTimeException if it names none
     */
    static Instant parse(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("no RFC 3339 time");
        }
        var date = LocalDate.of(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        int second = Integer.parseInt(parts.group(6));
        boolean leap = second == 60;
        var time = LocalTime.of(
                Integer.parseInt(parts.group(4)),
                Integer.parseInt(parts.group(5)),
                leap ? 59 : second,
                nanos(parts.group(7)));
        return date.atTime(time)
                .toInstant(ZoneOffset.UTC)
                .plusSeconds(leap ? 1 : 0)
                .minus(offset(parts.group(8), parts.group(9), parts.group(10)));
    }

    private static int nanos(String fraction) {
        if (fraction == null) {
            return 0;
        }
        var digits = fraction + "0".repeat(DIGITS_OF_NANOS);
        return Integer.parseInt(digits.substring(0, DIGITS_OF_NANOS));
    }

    private static Duration offset(String sign, String hours, String minutes) {
        if (sign == null) {
            return Duration.ZERO;
        }
        var ahead =
                Duration.between(LocalTime.MIDNIGHT, LocalTime.of(Integer.parseInt(hours), Integer.parseInt(minutes)));
        return sign.equals("-") ? ahead.negated() : ahead;
    }
}
