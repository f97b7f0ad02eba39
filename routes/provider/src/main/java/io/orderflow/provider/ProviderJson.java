package io.orderflow.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.orderflow.contracts.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The provider's bodies, read strictly and written as the contract has them. */
final class ProviderJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProviderJson() {}

    /** A request that is refused before anything is done. */
    static final class NotUnderstood extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String type;

        NotUnderstood(int status, String type, String message) {
            super(message);
            this.status = status;
            this.type = type;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }
    }

    record ChargeRequest(Money amount, String token) {}

    record RefundRequest(Money amount, String charge) {}

    static ChargeRequest chargeRequest(byte[] body) {
        var json = object(body, Set.of("amount_minor", "currency", "token"));
        return new ChargeRequest(money(json), text(json, "token", ".{1,255}"));
    }

    static RefundRequest refundRequest(byte[] body) {
        var json = object(body, Set.of("amount_minor", "currency", "charge"));
        return new RefundRequest(money(json), text(json, "charge", "[A-Za-z0-9-]{1,64}"));
    }

    private static JsonNode object(byte[] body, Set<String> names) {
        try {
            var json = JSON.readTree(body);
            var given = new TreeSet<String>();
            json.fieldNames().forEachRemaining(given::add);
            if (json.isObject() && given.equals(names)) {
                return json;
            }
        } catch (IOException e) {
            throw badRequest();
        }
        throw badRequest();
    }

    private static Money money(JsonNode json) {
        var amount = json.get("amount_minor");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong() || amount.longValue() < 0) {
            throw badRequest();
        }
        return new Money(amount.longValue(), text(json, "currency", "[A-Z]{3}"));
    }

    private static String text(JsonNode json, String name, String pattern) {
        var value = json.get(name);
        if (!value.isTextual() || !value.textValue().matches(pattern)) {
            throw badRequest();
        }
        return value.textValue();
    }

    private static NotUnderstood badRequest() {
        return new NotUnderstood(400, "bad-request", "Not understood");
    }

    static byte[] json(Object answer) {
        return switch (answer) {
            case ChargeResult charge -> json(charge);
            case Refund refund -> json(refund);
            default -> throw new IllegalArgumentException("answer: " + answer.getClass());
        };
    }

    private static byte[] json(ChargeResult charge) {
        var json = JSON.createObjectNode()
                .put("key", charge.key())
                .put("status", charge.status().name().toLowerCase(Locale.ROOT));
        switch (charge.status()) {
            case CAPTURED -> put(json, charge.amount());
            case DECLINED -> json.put("code", charge.code());
            case VOIDED -> {}
        }
        return bytes(json);
    }

    private static byte[] json(Refund refund) {
        var json = JSON.createObjectNode().put("key", refund.key()).put("charge", refund.chargeKey());
        if (refund.isRefused()) {
            json.put("status", "refused").put("code", Refund.REFUSED);
        } else {
            json.put("status", "refunded");
            put(json, refund.amount());
        }
        return bytes(json);
    }

    private static void put(ObjectNode json, Money amount) {
        json.put("amount_minor", amount.amountMinor()).put("currency", amount.currency());
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void json(HttpExchange exchange, byte[] body) throws IOException {
        send(exchange, 200, "application/json", body);
    }

    static void problem(HttpExchange exchange, int status, String type, String title) throws IOException {
        var json = JSON.createObjectNode()
                .put("type", "/problems/" + type)
                .put("title", title)
                .put("status", status);
        send(exchange, status, "application/problem+json", bytes(json));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
