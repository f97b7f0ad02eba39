package io.orderflow.http;

import java.util.regex.Pattern;

/**
 * Free text of one line that a person has written and another will read: a name, a reason. It has something to see, and
 * nothing in it changes how what stands around it is read.
 */
public final class OneLine {

    /** Letters and symbols that show nothing are called so; by their category they are like all others. */
    private static final Pattern BLANK = Pattern.compile(".*\\b(FILLER|BLANK)\\b.*");

    /**
     * Controls, line and paragraph separators, and marks of direction that stay in force; as it stands in the brackets
     * of a pattern.
     */
    public static final String FORBIDDEN = "\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069";

    /** Spaces of every width, none included, and letters without ink. */
    private static final String INVISIBLE =
            "\\x20\\xa0\\xad\\u115f\\u1160\\u1680\\u180e\\u2000-\\u200f\\u202f\\u205f-\\u2065"
                    + "\\u206a-\\u206f\\u2800\\u3000\\u3164\\ufeff\\uffa0";

    /** As the OpenAPI document says it, in the words that ECMA's patterns and Java's share. */
    private static final Pattern FORM =
            Pattern.compile("[^" + FORBIDDEN + "]*[^" + FORBIDDEN + INVISIBLE + "][^" + FORBIDDEN + "]*");

    private OneLine() {}

    /**
     * Whether it is one line of 1 to so many characters (code points, as it was sent), without controls, line breaks
     * and the controls that turn the direction of text (U+202A to U+202E, U+2066 to U+2069), and with a visible one.
     */
    public static boolean is(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                && FORM.matcher(text).matches()
                && text.codePoints().anyMatch(OneLine::isVisible);
    }

    /** What a problem says of text that is none. */
    public static String expected(int most) {
        return "has the wrong form (expected: 1 to " + most
                + " characters in one line, one of them visible, none of them a control)";
    }

    /** By itself: not a space, a mark upon nothing, what formats, or what no character is. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL -> true;
            case Character.OTHER_LETTER, Character.OTHER_SYMBOL ->
                !BLANK.matcher(Character.getName(c)).matches();
            default -> false;
        };
    }
}
