package io.orderflow.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;

/**
 * Reads whole numbers as JSON Schema knows them, so that the OpenAPI document and the server mean the same by
 * {@code integer}: {@code 5}, {@code 5.0} and {@code 5e0} are one number, which some clients write in any of these
 * ways. {@code 5.5} is none, and text is never one.
 */
final class WholeNumbers extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Above every type that a request has; neither {@code 1e999999999} nor {@code 1e-999999999} is written out. */
    private static final int MAX_DIGITS = 100;

    WholeNumbers() {
        super("orderflow.whole-numbers");
        addDeserializer(int.class, new Reader<>(int.class, BigInteger::intValueExact));
        addDeserializer(long.class, new Reader<>(long.class, BigInteger::longValueExact));
        addDeserializer(Long.class, new Reader<>(Long.class, BigInteger::longValueExact));
        addDeserializer(BigInteger.class, new Reader<>(BigInteger.class, Function.identity()));
    }

    private static final class Reader<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<BigInteger, T> exactly;

        /** @param exactly throws an {@link ArithmeticException} for what does not fit into the type */
        Reader(Class<T> type, Function<BigInteger, T> exactly) {
            super(type);
            this.exactly = exactly;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT) && !parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
                return context.reportInputMismatch(this, "no number");
            }
            var number = parser.getDecimalValue().stripTrailingZeros();
            try {
                if (number.scale() <= 0 && digits(number) <= MAX_DIGITS) {
                    return exactly.apply(number.toBigIntegerExact());
                }
            } catch (ArithmeticException e) {
                // Too large for the type: as what has too many digits.
            }
            return context.reportInputMismatch(this, "not whole, or out of range");
        }

        /** Of a whole number that does not end in zeros: without writing it out. */
        private static long digits(BigDecimal number) {
            return (long) number.precision() - number.scale();
        }
    }
}
