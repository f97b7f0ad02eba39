package io.orderflow.http;

import java.util.regex.Pattern;

/**
 * Free text of one line that a person has written and another will read: a name, a reason. It has something to see, and
 * nothing in it changes how what stands around it is read.
 */
public final class OneLine {

    /** Letters and symbols that show nothing are called so; by their category they are like all others. */
    private static final Pattern BLANK = Pattern.compile(".*\\b(FILLER|BLANK)\\b.*");

    private OneLine() {}

    /**
     * Whether it is one line of 1 to so many characters (code points), without controls, line breaks and the controls
     * that turn the direction of text (U+202A to U+202E, U+2066 to U+2069), and with a visible character.
     */
    public static boolean is(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                && text.codePoints().noneMatch(c -> breaks(c) || turns(c))
                && text.codePoints().anyMatch(OneLine::isVisible);
    }

    /** What a problem says of text that is none. */
    public static String expected(int most) {
        return "has the wrong form (expected: 1 to " + most
                + " characters in one line, one of them visible, none of them a control)";
    }

    private static boolean breaks(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean turns(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default -> false;
        };
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
