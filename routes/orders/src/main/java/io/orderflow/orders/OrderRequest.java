package io.orderflow.orders;

import io.orderflow.http.OneLine;
import io.orderflow.http.Problem;
import io.orderflow.http.Problem.FieldError;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The body of {@code POST /orders}. What can be told from it alone is checked when it is read, all at once, so that a
 * client sees everything that is wrong; what only the catalogue knows is checked by {@link Decisions#place}. There is
 * no price in it: prices are the catalogue's.
 */
record OrderRequest(String currency, Customer customer, List<Line> lines, Payment payment) {

    static final int MAX_LINES = 100;
    static final int MAX_NAME_CHARACTERS = 200;

    /** Those that somebody pays in: metals, units of account and XXX have no minor unit. */
    static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(one -> one.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /**
     * Whom to tell about the order.
     *
     * @param name stored in Unicode's form NFC
     * @param email as it was given; its domain may have letters that are not ASCII
     */
    record Customer(String name, String email) {

        /** As it is stored: in Unicode's form NFC. */
        private Customer normalized() {
            return new Customer(Normalizer.normalize(name, Normalizer.Form.NFC), email);
        }

        /** Who it is shows in no log. */
        @Override
        public String toString() {
            return "Customer[...]";
        }
    }

    record Line(String sku, int quantity) {}

    record Payment(String token) {

        /** A token is worth money: it shows in no log. */
        @Override
        public String toString() {
            return "Payment[token=...]";
        }
    }

    public OrderRequest {
        requireLines(lines);
        var errors = new ArrayList<FieldError>();
        if (!CURRENCIES.contains(currency)) {
            errors.add(new FieldError("/currency", "is not known (expected: three upper-case letters of ISO 4217)"));
        }
        check(customer, errors);
        check(lines, errors);
        if (!TOKEN.matcher(payment.token()).matches()) {
            errors.add(new FieldError(
                    "/payment/token", "has the wrong form (expected: 1 to 255 printable ASCII characters)"));
        }
        if (!errors.isEmpty()) {
            throw new Refusal(Problem.unacceptable(errors));
        }
        customer = customer.normalized();
        lines = List.copyOf(lines);
    }

    /** An element of a list may be null where a member may not. */
    private static void requireLines(List<Line> lines) {
        int missing = lines.indexOf(null);
        if (missing >= 0) {
            throw new Refusal(Problem.malformed("/lines/" + missing, "is null (expected: a value)"));
        }
    }

    private static void check(Customer customer, List<FieldError> errors) {
        if (!OneLine.is(customer.name(), MAX_NAME_CHARACTERS)) {
            errors.add(new FieldError("/customer/name", OneLine.expected(MAX_NAME_CHARACTERS)));
        }
        if (!EmailAddress.isWellFormed(customer.email())) {
            errors.add(new FieldError(
                    "/customer/email",
                    "has the wrong form (expected: one address of at most " + EmailAddress.MAX_CHARACTERS
                            + " characters, ASCII before the @ and a domain after it)"));
        } else if (EmailAddress.inAscii(customer.email()).isEmpty()) {
            errors.add(new FieldError(
                    "/customer/email", "has a domain without a sure ASCII form (expected: one as it is registered)"));
        }
    }

    private static void check(List<Line> lines, List<FieldError> errors) {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            errors.add(new FieldError("/lines", "are too few or too many (expected: 1 to " + MAX_LINES + ")"));
            return;
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (!Request.isSku(line.sku())) {
                errors.add(new FieldError("/lines/" + i + "/sku", "has the wrong form (expected: an article's name)"));
            } else if (!seen.add(line.sku())) {
                errors.add(new FieldError("/lines/" + i + "/sku", "comes twice (expected: one line for each article)"));
            }
            if (line.quantity() < 1 || line.quantity() > io.orderflow.contracts.Line.MAX_QUANTITY) {
                errors.add(new FieldError(
                        "/lines/" + i + "/quantity",
                        "is out of range (expected: 1 to " + io.orderflow.contracts.Line.MAX_QUANTITY + ")"));
            }
        }
    }
}
