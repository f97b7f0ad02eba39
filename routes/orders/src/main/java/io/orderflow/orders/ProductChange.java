package io.orderflow.orders;

import io.orderflow.http.Call;
import io.orderflow.http.OneLine;
import io.orderflow.http.Problem;
import io.orderflow.http.Problem.FieldError;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** What a client wants an article to be from now on; orders that were accepted before keep their prices. */
record ProductChange(String sku, Form form) {

    static ProductChange of(Exchange exchange) {
        return new ProductChange(Request.sku(exchange), Request.body(exchange, Form.class));
    }

    /**
     * Puts the changed article in place of the change; an article that was not found is a new one. What it was and is
     * goes on record with the call.
     */
    static Exchange applied(Exchange asked, Exchange found) {
        var change = asked.getMessage().getBody(ProductChange.class);
        List<?> entities = found.getMessage().getBody(List.class);
        var entity = entities.isEmpty() ? new ProductEntity(change.sku()) : (ProductEntity) entities.getFirst();
        var before = entities.isEmpty() ? null : entity.product().told();
        entity.change(change.form().name(), change.form().prices());
        Call.of(asked).changing(before, entity.product().told()).attachTo(asked);
        asked.getMessage().setBody(entity);
        return asked;
    }

    /** The body of {@code PUT /products/{sku}}. */
    record Form(String name, Map<String, Long> prices) {

        private static final int MAX_NAME_CHARACTERS = 200;
        private static final int MAX_CURRENCIES = 200;

        public Form {
            var errors = new ArrayList<FieldError>();
            if (!OneLine.is(name, MAX_NAME_CHARACTERS)) {
                errors.add(new FieldError("/name", OneLine.expected(MAX_NAME_CHARACTERS)));
            }
            if (prices.isEmpty() || prices.size() > MAX_CURRENCIES) {
                errors.add(
                        new FieldError("/prices", "are too few or too many (expected: 1 to " + MAX_CURRENCIES + ")"));
            } else {
                prices.forEach((currency, amount) -> check(currency, amount, errors));
            }
            if (!errors.isEmpty()) {
                throw new Refusal(Problem.unacceptable(errors));
            }
            name = Normalizer.normalize(name, Normalizer.Form.NFC);
            prices = Map.copyOf(prices);
        }

        /** A name that is no currency is the client's text, so the problem does not repeat it. */
        private static void check(String currency, Long amount, List<FieldError> errors) {
            if (!OrderRequest.CURRENCIES.contains(currency)) {
                errors.add(new FieldError(
                        "/prices", "have an unknown currency (expected: three upper-case letters of ISO 4217)"));
            } else if (amount == null) {
                throw new Refusal(Problem.malformed("/prices/" + currency, "is null (expected: a value)"));
            } else if (amount < 1 || amount > Product.MAX_PRICE_MINOR) {
                errors.add(new FieldError(
                        "/prices/" + currency, "is out of range (expected: 1 to " + Product.MAX_PRICE_MINOR + ")"));
            }
        }
    }
}
