package io.orderflow.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a customer fills in. Each form has a customer, an address and an idempotency key of its own. */
record OrderForm(String key, String email, String token, Map<String, Integer> lines) {

    static OrderForm anOrder() {
        var id = UUID.randomUUID().toString();
        return new OrderForm(id, "c-" + id + "@example.org", "tok_visa", Map.of());
    }

    OrderForm of(int quantity, Shop.Sku sku) {
        Map<String, Integer> more = new LinkedHashMap<>(lines);
        more.put(sku.name(), quantity);
        return new OrderForm(key, email, token, more);
    }

    OrderForm paidWith(String another) {
        return new OrderForm(key, email, another, lines);
    }

    String json() {
        return """
                {"currency":"EUR","customer":{"name":"Ada","email":"%s"},"lines":[%s],"payment":{"token":"%s"}}""".formatted(
                        email,
                        lines.entrySet().stream()
                                .map(line -> """
                                        {"sku":"%s","quantity":%d}""".formatted(line.getKey(), line.getValue()))
                                .collect(Collectors.joining(",")),
                        token);
    }
}
