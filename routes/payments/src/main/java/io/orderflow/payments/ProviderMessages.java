package io.orderflow.payments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.contracts.Money;
import io.orderflow.outside.IncomingAnswer;
import io.orderflow.outside.OutgoingRequest;
import io.orderflow.outside.Unanswered;
import io.orderflow.payments.ProviderCall.ToCharge;
import io.orderflow.payments.ProviderCall.ToFence;
import io.orderflow.payments.ProviderCall.ToRefund;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes calls and reads answers as the contract has them. An answer is input from outside: what is not exactly of the
 * contract's form, or speaks of another key, charge or amount than the call, is no answer. What it says instead reaches
 * no message and no log, for it may be anything.
 */
final class ProviderMessages {

    private static final String JSON_TYPE = "application/json";

    private static final int OK = 200;
    private static final String CODE = "[a-z0-9_]{1,64}";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProviderMessages() {}

    static OutgoingRequest request(ProviderCall call) {
        return new OutgoingRequest(method(call), path(call), JSON_TYPE, body(call));
    }

    private static String method(ProviderCall call) {
        return switch (call) {
            case ToCharge charge -> "PUT";
            case ToFence fence -> "POST";
            case ToRefund refund -> "PUT";
        };
    }

    private static String path(ProviderCall call) {
        return switch (call) {
            case ToCharge charge -> "/charges/" + charge.key();
            case ToFence fence -> "/charges/" + fence.key() + "/void";
            case ToRefund refund -> "/refunds/" + refund.key();
        };
    }

    /** The body, or null for none. */
    private static byte[] body(ProviderCall call) {
        return switch (call) {
            case ToCharge charge -> bytes(json(charge.amount()).put("token", charge.token()));
            case ToFence fence -> null;
            case ToRefund refund -> bytes(json(refund.amount()).put("charge", refund.chargeKey()));
        };
    }

    private static ObjectNode json(Money amount) {
        return JSON.createObjectNode().put("amount_minor", amount.amountMinor()).put("currency", amount.currency());
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the answer to a call.
     *
     * @throws Unanswered unless it is one
     */
    static ProviderAnswer answer(ProviderCall call, IncomingAnswer answer) {
        if (answer.status() != OK) {
            throw new Unanswered("provider: status " + answer.status() + " (expected: 200)");
        }
        if (!JSON_TYPE.equals(answer.contentType())) {
            throw new Unanswered("provider: content type (expected: " + JSON_TYPE + ")");
        }
        var json = parse(answer.body());
        same("key", call.key(), json);
        return switch (call) {
            case ToCharge charge -> charge(json, charge.amount());
            case ToFence fence -> charge(json, null);
            case ToRefund refund -> refund(json, refund);
        };
    }

    private static JsonNode parse(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            var json = JSON.readTree(text.toString());
            if (json.isObject()) {
                return json;
            }
            throw new Unanswered("provider: body (expected: a JSON object)");
        } catch (CharacterCodingException e) {
            throw new Unanswered("provider: body (expected: UTF-8)");
        } catch (IOException e) {
            // What Jackson says may quote it.
            throw new Unanswered("provider: body (expected: one JSON object)");
        }
    }

    /**
     * @param asked null if the call named no amount
     */
    private static ProviderAnswer charge(JsonNode json, Money asked) {
        return switch (text(json, "status", ".*")) {
            case "captured" -> {
                only(json, "key", "status", "amount_minor", "currency");
                yield new ProviderAnswer.Captured(amount(json, asked));
            }
            case "declined" -> {
                only(json, "key", "status", "code");
                yield new ProviderAnswer.Declined(text(json, "code", CODE));
            }
            case "voided" -> {
                only(json, "key", "status");
                yield new ProviderAnswer.Voided();
            }
            default -> throw new Unanswered("provider: status (expected: captured, declined or voided)");
        };
    }

    private static ProviderAnswer refund(JsonNode json, ToRefund call) {
        same("charge", call.chargeKey(), json);
        return switch (text(json, "status", ".*")) {
            case "refunded" -> {
                only(json, "key", "charge", "status", "amount_minor", "currency");
                amount(json, call.amount());
                yield new ProviderAnswer.Refunded();
            }
            case "refused" -> {
                only(json, "key", "charge", "status", "code");
                yield new ProviderAnswer.Refused(text(json, "code", CODE));
            }
            default -> throw new Unanswered("provider: status (expected: refunded or refused)");
        };
    }

    private static void only(JsonNode json, String... names) {
        var given = new TreeSet<String>();
        json.fieldNames().forEachRemaining(given::add);
        if (!given.equals(Set.of(names))) {
            throw new Unanswered("provider: properties (expected: " + String.join(", ", names) + ")");
        }
    }

    private static void same(String name, String asked, JsonNode json) {
        if (!asked.equals(text(json, name, ".*"))) {
            throw new Unanswered("provider: " + name + " (expected: that of the call)");
        }
    }

    private static String text(JsonNode json, String name, String pattern) {
        var value = json.path(name);
        if (!value.isTextual() || !value.textValue().matches(pattern)) {
            throw new Unanswered("provider: " + name + " (expected: as the contract has it)");
        }
        return value.textValue();
    }

    private static Money amount(JsonNode json, Money asked) {
        var value = json.path("amount_minor");
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new Unanswered("provider: amount_minor (expected: a whole number)");
        }
        var amount = new Money(value.longValue(), text(json, "currency", "[A-Z]{3}"));
        if (asked != null && !asked.equals(amount)) {
            throw new Unanswered("provider: amount " + amount + " (expected: " + asked + ")");
        }
        return amount;
    }
}
