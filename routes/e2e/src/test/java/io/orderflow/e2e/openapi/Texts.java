package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts on and around the constraints of a schema, made from a good one: of every length that the schema names, one
 * less and one more, and with every character of ASCII and some from beyond in it.
 */
final class Texts {

    private static final int LONGEST = 2_000;
    private static final Pattern LENGTHS = Pattern.compile("\\{(\\d+)?,?(\\d+)?}");

    /** Where ranges of characters begin and end, and what is written about in specifications. */
    private static final List<String> SPECIAL = Stream.of(
                    " !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\u0000\t\n\r\u001f\u007f\u0080\u009f\u00a0\u00ad\u00e9"
                            + "\u200b\u200e\u2028\u2029\u202e\u2066\u3000\ufeff",
                    "\ud83d\ude00")
            .flatMap(text -> text.codePoints().mapToObj(Character::toString))
            .toList();

    private final boolean thorough;

    /** @param thorough with every character at every place */
    Texts(boolean thorough) {
        this.thorough = thorough;
    }

    /** For what is to be of these texts and of no others. */
    String name() {
        return thorough ? "every-character" : "both-sides";
    }

    Set<String> of(JsonNode schema, String example) {
        Set<String> texts = new LinkedHashSet<>(List.of("", example));
        for (var constant : schema.path("enum")) {
            texts.add(constant.asText());
            texts.add(constant.asText().toLowerCase());
            texts.add(constant.asText() + "X");
        }
        int middle = example.length() / 2;
        for (var character : characters()) {
            texts.add(example.substring(0, middle) + character + example.substring(middle));
            if (thorough || SPECIAL.contains(character)) {
                texts.add(character);
                texts.add(character + example);
                texts.add(example + character);
            }
            if (thorough) {
                texts.add(character + example + character);
                texts.add(example.substring(0, middle)
                        + character
                        + example.substring(Math.min(middle + 1, example.length())));
            }
        }
        for (int length : lengths(schema)) {
            for (int size = Math.max(1, length - 1); size <= length + 1; size++) {
                texts.addAll(sized(example, size));
            }
        }
        return texts;
    }

    private static List<String> characters() {
        return Stream.concat(IntStream.range(0, 128).mapToObj(Character::toString), SPECIAL.stream())
                .distinct()
                .toList();
    }

    /** Those of its own members, and those within patterns. */
    private static Set<Integer> lengths(JsonNode schema) {
        Set<Integer> lengths = new LinkedHashSet<>();
        for (var member : List.of("minLength", "maxLength")) {
            schema.findValues(member).forEach(one -> lengths.add(one.asInt()));
        }
        for (var pattern : schema.findValuesAsText("pattern")) {
            var found = LENGTHS.matcher(pattern);
            while (found.find()) {
                Stream.of(1, 2)
                        .map(found::group)
                        .filter(one -> one != null)
                        .forEach(one -> lengths.add(Integer.valueOf(one)));
            }
        }
        lengths.removeIf(length -> length > LONGEST);
        return lengths;
    }

    /** Of so many characters: the whole, each of its words, a row of words; and such as change when normalised. */
    private static List<String> sized(String example, int size) {
        List<String> texts = new ArrayList<>();
        for (var character : List.of("a", "\ud83d\ude00", "\u0958")) {
            texts.add(character.repeat(size));
        }
        texts.add("e\u0301".repeat(size / 2) + "e".repeat(size % 2));
        texts.add("\"" + "a".repeat(Math.max(0, size - 2)) + "\"");
        texts.add("\"" + "a".repeat(size) + "\"");
        var words = new ArrayList<>(List.of(example.split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])")));
        for (int i = 0; i < words.size() && !example.isEmpty(); i++) {
            var others = new ArrayList<>(words);
            others.set(i, words.get(i).substring(0, 1).repeat(size));
            texts.add(String.join("", others));
        }
        var end = words.size() < 2 ? "a" : words.get(words.size() - 2) + words.getLast();
        int room = size - example.length();
        if (room >= 0) {
            texts.add("a".repeat(room % end.length()) + example + end.repeat(room / end.length()));
        }
        return texts;
    }
}
