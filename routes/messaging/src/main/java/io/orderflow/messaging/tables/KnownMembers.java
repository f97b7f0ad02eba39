package io.orderflow.messaging.tables;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads of a JSON object the members that a record has, exactly as JSON Schema reads them, and passes over all others,
 * whatever is in them: a mapper that reads first and asks later fails at what nobody wanted to know.
 *
 * <p>A record's components may be text, whole numbers, truth values, UUIDs, times, enums, lists, and records of these;
 * a component of type {@link JsonToken} stands for a member whose kind alone is of interest. The record's constructor
 * says what must be there; a number must be, always.
 */
final class KnownMembers {

    private static final int UUID_LENGTH = 36;
    private static final int DIGITS_OF_ANY_LONG = 18;

    /** Beyond it a number is an attack: exact arithmetic with it costs more than its event is worth. */
    private static final int LONGEST_NUMBER = 1_000;

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private static final ClassValue<Map<String, Object>> CONSTANTS = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .collect(toMap(constant -> ((Enum<?>) constant).name(), Function.identity()));
        }
    };

    private KnownMembers() {}

    /** A record's constructor, and which of its components a member is. */
    private record Shape(Constructor<?> constructor, Map<String, Integer> places, List<Type> types) {

        private static Shape of(Class<?> type) {
            Map<String, Integer> places = new HashMap<>();
            List<Type> types = new ArrayList<>();
            for (var component : type.getRecordComponents()) {
                places.put(SnakeCaseStrategy.INSTANCE.translate(component.getName()), types.size());
                types.add(component.getGenericType());
            }
            var constructor = type.getDeclaredConstructors()[0];
            for (var one : type.getDeclaredConstructors()) {
                constructor = one.getParameterCount() == types.size() ? one : constructor;
            }
            constructor.setAccessible(true);
            return new Shape(constructor, places, types);
        }
    }

    /** Whether a text is a UUID, in letters of either case. Java's own reader takes shorter parts and signs, too. */
    static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char letter = text.charAt(i);
            if (isDash(i) ? letter != '-' : !HexFormat.isHexDigit(letter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int place) {
        return place == 8 || place == 13 || place == 18 || place == 23;
    }

    /**
     * Reads an object.
     *
     * @param parser stands at its first token, and then at its last
     * @param given components that stand elsewhere, by the names of members, which are unknown here
     * @throws Unreadable if a member that is known is there twice or of another kind, or the record refuses them
     */
    static <T> T read(JsonParser parser, Class<T> type, Map<String, ?> given) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Unreadable("no JSON object");
        }
        var shape = SHAPES.get(type);
        var values = new Object[shape.types().size()];
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var place = given.containsKey(name) ? null : shape.places().get(name);
            parser.nextToken();
            if (place == null) {
                parser.skipChildren();
            } else if (values[place] != null) {
                throw new Unreadable(name + ": there twice");
            } else {
                values[place] = value(parser, name, shape.types().get(place));
            }
        }
        return type.cast(make(shape, values, given));
    }

    /** A record of what is given. */
    static <T> T of(Class<T> type, Map<String, ?> given) {
        var shape = SHAPES.get(type);
        return type.cast(make(shape, new Object[shape.types().size()], given));
    }

    private static Object make(Shape shape, Object[] values, Map<String, ?> given) {
        given.forEach((name, value) -> values[shape.places().get(name)] = value);
        shape.places().forEach((name, place) -> {
            if (values[place] == null && isPrimitive(shape.types().get(place))) {
                throw new Unreadable(name + ": missing");
            }
        });
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            throw new Unreadable(
                    e.getCause() instanceof IllegalArgumentException refused
                            ? refused.getMessage()
                            : e.getCause().getClass().getSimpleName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(shape.constructor() + ": cannot be called", e);
        }
    }

    private static boolean isPrimitive(Type type) {
        return type instanceof Class<?> raw && raw.isPrimitive();
    }

    private static Object value(JsonParser parser, String name, Type type) throws IOException {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(parser, name, list.getActualTypeArguments()[0]);
        }
        if (!(type instanceof Class<?> raw)) {
            throw unknown(name, type);
        }
        if (raw.isRecord()) {
            return part(parser, name, raw);
        }
        if (raw.isEnum() && raw != JsonToken.class) {
            return constant(text(parser, name), name, raw);
        }
        return switch (raw.getName()) {
            case "long", "java.lang.Long" -> whole(parser, name, Long.MIN_VALUE, Long.MAX_VALUE);
            case "int", "java.lang.Integer" -> (int) whole(parser, name, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "boolean", "java.lang.Boolean" -> truth(parser, name);
            case "java.lang.String" -> text(parser, name);
            case "java.util.UUID" -> uuid(text(parser, name), name);
            case "java.time.Instant" -> time(text(parser, name), name);
            case "com.fasterxml.jackson.core.JsonToken" -> kind(parser);
            default -> throw unknown(name, type);
        };
    }

    private static IllegalStateException unknown(String name, Type type) {
        return new IllegalStateException(
                name + ": " + type + " (expected: String, long, int, boolean, UUID, Instant, enum, List or record)");
    }

    private static List<?> list(JsonParser parser, String name, Type type) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new Unreadable(name + ": no list");
        }
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, name, type));
        }
        return values;
    }

    private static Object part(JsonParser parser, String name, Class<?> type) throws IOException {
        try {
            return read(parser, type, Map.of());
        } catch (Unreadable e) {
            throw new Unreadable(name + ": " + e.getMessage());
        }
    }

    private static Object constant(String text, String name, Class<?> type) {
        var constant = CONSTANTS.get(type).get(text);
        if (constant == null) {
            throw new Unreadable(name + ": unknown to this version");
        }
        return constant;
    }

    /** As JSON Schema has it, 1.0 and 1e0 are whole. */
    private static long whole(JsonParser parser, String name, long least, long most) throws IOException {
        if (!parser.currentToken().isNumeric() || parser.getTextLength() > LONGEST_NUMBER) {
            throw new Unreadable(name + ": no whole number");
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= DIGITS_OF_ANY_LONG) {
            return within(BigDecimal.valueOf(parser.getLongValue()), name, least, most);
        }
        try {
            return within(new BigDecimal(parser.getText()), name, least, most);
        } catch (NumberFormatException e) {
            throw new Unreadable(name + ": no whole number");
        }
    }

    private static long within(BigDecimal number, String name, long least, long most) {
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new Unreadable(name + ": (expected: " + least + " to " + most + ")");
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw new Unreadable(name + ": no whole number");
        }
        return number.longValueExact();
    }

    private static boolean truth(JsonParser parser, String name) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw new Unreadable(name + ": neither true nor false");
        }
        return parser.getBooleanValue();
    }

    /** No database keeps a NUL. */
    private static String text(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new Unreadable(name + ": no text");
        }
        var text = parser.getText();
        if (text.indexOf(0) >= 0) {
            throw new Unreadable(name + ": has a NUL");
        }
        return text;
    }

    private static UUID uuid(String text, String name) {
        if (!isUuid(text)) {
            throw new Unreadable(name + ": no UUID");
        }
        return UUID.fromString(text);
    }

    private static Instant time(String text, String name) {
        try {
            return Rfc3339.parse(text);
        } catch (DateTimeException e) {
            throw new Unreadable(name + ": no RFC 3339 time");
        }
    }

    private static JsonToken kind(JsonParser parser) throws IOException {
        var kind = parser.currentToken();
        parser.skipChildren();
        return kind;
    }
}
