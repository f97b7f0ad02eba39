package io.orderflow.messaging.tables;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Times as RFC 3339 writes them, all of them: Java's own parser knows no leap second, no more than nine digits of a
 * fraction and no offset beyond 18 hours, but others that the RFC does not.
 */
final class Rfc3339 {

    /** A digit stands for any digit, a T for either case of it. */
    private static final String SECONDS = "0000-00-00T00:00:00";

    private static final String OFFSET = "00:00";
    private static final int DIGITS_OF_NANOS = 9;
    private static final int LEAP = 60;

    private Rfc3339() {}

    /**
     * The moment that a text names. A second 60 is the next minute's first; what a fraction has beyond nine digits is
     * cut.
     *
     * @throws DateTimeException if it names none
     */
    static Instant parse(String text) {
        insist(fits(text, 0, SECONDS));
        int zone = endOfFraction(text);
        var date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        int second = number(text, 17, 19);
        boolean leap = second == LEAP;
        var time =
                LocalTime.of(number(text, 11, 13), number(text, 14, 16), leap ? LEAP - 1 : second, nanos(text, zone));
        return Instant.ofEpochSecond(
                date.toEpochSecond(time, ZoneOffset.UTC) + (leap ? 1 : 0) - offset(text, zone), time.getNano());
    }

    private static void insist(boolean holds) {
        if (!holds) {
            throw new DateTimeException("no RFC 3339 time");
        }
    }

    /** Whether a text has such letters from a place on. */
    private static boolean fits(String text, int from, String shape) {
        if (text.length() < from + shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char letter = text.charAt(from + i);
            char wanted = shape.charAt(i);
            if (wanted == '0' ? !isDigit(letter) : Character.toUpperCase(letter) != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** Where the zone begins: behind the seconds, or behind a point and at least one digit. */
    private static int endOfFraction(String text) {
        int end = SECONDS.length();
        if (end < text.length() && text.charAt(end) == '.') {
            do {
                end++;
            } while (end < text.length() && isDigit(text.charAt(end)));
            insist(end > SECONDS.length() + 1);
        }
        return end;
    }

    private static int nanos(String text, int zone) {
        int nanos = 0;
        for (int i = 1; i <= DIGITS_OF_NANOS; i++) {
            int place = SECONDS.length() + i;
            nanos = nanos * 10 + (place < zone ? text.charAt(place) - '0' : 0);
        }
        return nanos;
    }

    /** How many seconds it is ahead. */
    private static int offset(String text, int zone) {
        insist(zone < text.length());
        char sign = text.charAt(zone);
        if (sign == 'Z' || sign == 'z') {
            insist(zone + 1 == text.length());
            return 0;
        }
        insist((sign == '+' || sign == '-')
                && fits(text, zone + 1, OFFSET)
                && zone + 1 + OFFSET.length() == text.length());
        int ahead = LocalTime.of(number(text, zone + 1, zone + 3), number(text, zone + 4, zone + 6))
                .toSecondOfDay();
        return sign == '-' ? -ahead : ahead;
    }
}
