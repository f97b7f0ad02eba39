package io.orderflow.messaging;

import java.util.ArrayList;
import java.util.List;

/** What a query asks for, term by term, and the values of its terms in their order. */
public final class Conditions {

    private final List<String> terms = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Asks for one more thing; each {@code ?} of the term has a value. */
    public Conditions and(String term, Object... given) {
        terms.add(term);
        values.addAll(List.of(given));
        return this;
    }

    /** Asks for one more thing, unless its value is null. */
    public Conditions andIf(String term, Object given) {
        return given == null ? this : and(term, given);
    }

    /** All terms together; true where there is none. */
    public String sql() {
        return terms.isEmpty() ? "true" : String.join(" and ", terms);
    }

    /** The values of the terms. */
    public List<Object> values() {
        return List.copyOf(values);
    }

    /** The values of the terms, and one that comes behind them. */
    public Object[] valuesAnd(Object last) {
        var all = new ArrayList<>(values);
        all.add(last);
        return all.toArray();
    }
}
