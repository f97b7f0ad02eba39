package io.orderflow.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as requests and answers are written: snake_case, and what comes in is what was meant or is refused. Parsers
 * differ in what they make of a duplicate member, a {@code 2.5} for a count or a second document; here there is nothing
 * to differ about. A whole number is one however it is written: {@link WholeNumbers}.
 *
 * <p>A body is read twice. The first pass looks at the text alone (encoding, syntax, depth, duplicate members, control
 * characters, oversized numbers), the second one at the type: every component of the record is there, not null, of its
 * own JSON type, and nothing else is.
 */
public final class StrictJson {

    static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_CHARACTERS = 32;
    private static final int MAX_NAME_CHARACTERS = 128;
    private static final int MAX_POINTER_CHARACTERS = 256;

    private static final JsonMapper MAPPER = mapper();

    private StrictJson() {}

    private static JsonMapper mapper() {
        // Each request has a thread of its own, which would find no buffers in its hands.
        var factory = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_CHARACTERS)
                        .maxNameLength(MAX_NAME_CHARACTERS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .addModule(new WholeNumbers())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    /**
     * Reads a request.
     *
     * @param type a record; each of its components is a required member
     * @throws Refusal 400, with the pointer of the wrong member where it is known; 422 if a record's constructor does
     *     not accept its values
     */
    public static <T> T read(byte[] body, Class<T> type) {
        var text = decoded(body);
        check(text);
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw refusal(e);
        }
    }

    /** Writes an answer. */
    public static String write(Object answer) {
        try {
            return MAPPER.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an answer, in UTF-8. */
    public static byte[] bytes(Object answer) {
        return write(answer).getBytes(StandardCharsets.UTF_8);
    }

    /** Decodes before the parser can guess another encoding. */
    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Problem.malformed("body: badly encoded (expected: UTF-8)"));
        }
    }

    private static void check(String text) {
        try (var parser = MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refusal(Problem.malformed("body: empty, or no object (expected: a JSON object)"));
            }
            do {
                check(parser);
            } while (parser.nextToken() != null);
        } catch (StreamConstraintsException e) {
            throw new Refusal(Problem.malformed("body: too deep, or a number or name too long (expected: at most "
                    + MAX_DEPTH + " levels, " + MAX_NUMBER_CHARACTERS + " characters of a number and "
                    + MAX_NAME_CHARACTERS + " of a name)"));
        } catch (IOException e) {
            throw notOneObject();
        }
    }

    private static void check(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == JsonToken.FIELD_NAME && isUnstorable(parser.currentName())) {
            throw new Refusal(Problem.malformed("body: a member's name has control characters (expected: none)"));
        }
        if (token == JsonToken.VALUE_STRING && isUnstorable(parser.getText())) {
            throw new Refusal(
                    Problem.malformed(pointer(parser), "has control characters or half a character (expected: text)"));
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getText().equals("-0")) {
            throw new Refusal(Problem.malformed(pointer(parser), "is a negative zero (expected: 0)"));
        }
    }

    /**
     * Line breaks and tabs are text, whether or not a field wants them. NUL cannot be stored, the rest shows in logs
     * and terminals.
     */
    private static boolean isUnstorable(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.SURROGATE
                        || Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }

    private static Refusal notOneObject() {
        return new Refusal(Problem.malformed("body: not JSON (expected: one JSON object, each member once)"));
    }

    private static Refusal refusal(JsonProcessingException e) {
        if (e instanceof ValueInstantiationException && e.getCause() instanceof Refusal refusal) {
            return refusal;
        }
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty() && e.getCause() == null) {
            return notOneObject();
        }
        var pointer = pointer(mapping);
        if (e instanceof ValueInstantiationException) {
            return new Refusal(Problem.unacceptable(pointer, "is not accepted"));
        }
        return new Refusal(Problem.malformed(pointer, expectation(mapping)));
    }

    private static String expectation(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "is not known (expected: no other members than the documented ones)";
        }
        if (e instanceof InvalidNullException || e.getOriginalMessage().startsWith("Null value for creator property")) {
            return "is null (expected: a value)";
        }
        if (e.getOriginalMessage().startsWith("Missing")) {
            return "is missing (expected: a value)";
        }
        return "has the wrong type, or is out of range (expected: as documented)";
    }

    private static String pointer(JsonParser parser) {
        return cut(parser.getParsingContext().pathAsPointer().toString());
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        for (var step : e.getPath()) {
            pointer.append('/');
            if (step.getFieldName() != null) {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(step.getIndex());
            }
        }
        return cut(pointer.toString());
    }

    private static String cut(String pointer) {
        return pointer.length() <= MAX_POINTER_CHARACTERS ? pointer : pointer.substring(0, MAX_POINTER_CHARACTERS);
    }
}
