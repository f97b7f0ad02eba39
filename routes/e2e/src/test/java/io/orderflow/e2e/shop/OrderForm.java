package io.orderflow.e2e.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a customer fills in. Each form has a customer, an address and an idempotency key of its own. */
public record OrderForm(String key, String email, String token, Map<String, Integer> lines) {

    public static OrderForm anOrder() {
        var id = UUID.randomUUID().toString();
        return new OrderForm(id, "c-" + id + "@example.org", "tok_visa", Map.of());
    }

    public OrderForm of(int quantity, Shop.Sku sku) {
        Map<String, Integer> more = new LinkedHashMap<>(lines);
        more.put(sku.name(), quantity);
        return new OrderForm(key, email, token, more);
    }

    public OrderForm paidWith(String another) {
        return new OrderForm(key, email, another, lines);
    }

    public String json() {
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
