package io.orderflow.http;

import java.util.List;
import java.util.Set;

/**
 * The roles that a token may name, and that a REST route asks for: {@code .put("/{sku}").security(OPERATOR_STOCK)}. A
 * route names every role that may call it, each with a {@code security} of its own; no role contains another.
 */
public final class CallerRole {

    /** Stands on a route that answers everybody, known or not. */
    public static final String ANYONE = "anyone";

    /** Places orders, and sees and cancels its own. */
    public static final String CUSTOMER = "customer";

    /** Sees any order, what is parked, and what operators did. */
    public static final String OPERATOR_READ = "operator.read";

    /** Releases and discards parked events. */
    public static final String OPERATOR_RELEASE = "operator.release";

    /** Calls customers' orders off. */
    public static final String OPERATOR_CANCEL = "operator.cancel";

    /** Has customers of settled orders forgotten. */
    public static final String OPERATOR_ERASE = "operator.erase";

    /** Changes the catalogue and reports deliveries. */
    public static final String OPERATOR_STOCK = "operator.stock";

    /** Those that work for the shop: what only they may call is written into the audit table. */
    public static final Set<String> OPERATORS =
            Set.of(OPERATOR_READ, OPERATOR_RELEASE, OPERATOR_CANCEL, OPERATOR_ERASE, OPERATOR_STOCK);

    /** All that a token may name. */
    public static final List<String> ALL =
            List.of(CUSTOMER, OPERATOR_READ, OPERATOR_RELEASE, OPERATOR_CANCEL, OPERATOR_ERASE, OPERATOR_STOCK);

    private CallerRole() {}
}
