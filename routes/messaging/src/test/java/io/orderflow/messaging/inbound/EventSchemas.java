package io.orderflow.messaging.inbound;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.orderflow.contracts.Event;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The schemas of events, in the hands of a validator that takes them word for word. */
final class EventSchemas {

    /** No number is rounded; a whole one is an integer, for the validator compares other kinds by their last digits. */
    static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(new JsonNodeFactory(true) {
                @Override
                public ValueNode numberNode(BigDecimal number) {
                    boolean isWhole = number.stripTrailingZeros().scale() <= 0;
                    return isWhole ? numberNode(number.toBigIntegerExact()) : super.numberNode(number);
                }
            })
            .build();

    /** JSON Schema's patterns are ECMA's, whose $ is the end and nothing before it. */
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(pattern ->
                    Pattern.compile(pattern.replaceFirst("\\$$", "\\\\z")).asPredicate()::test)
            .build();

    private EventSchemas() {}

    static JsonSchema of(Class<? extends Event> type) throws IOException {
        try (var file = Event.class.getResourceAsStream("/schemas/" + Event.typeOf(type) + ".json")) {
            return of(EXACT.readTree(file));
        }
    }

    static JsonSchema of(JsonNode schema) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, CONFIG);
    }

    static boolean admits(JsonSchema schema, String document) throws IOException {
        return schema.validate(EXACT.readTree(document)).isEmpty();
    }
}
