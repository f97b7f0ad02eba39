package io.orderflow.orders;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The endpoints through which the Api routes read the model, and change the catalogue. Parameters come from the body,
 * never from headers.
 *
 * @param order finds the order of an {@link OrderQuery}: a list of one, or of none
 * @param anyOrder finds the order of an {@link AnyOrder}, for operators alone: likewise
 * @param orders finds what an {@link OrderPage} shows of its orders in these states, each an {@link OrderSummary}, and
 *     one more
 * @param product finds the article of a {@link ProductChange}: a list of one, or of none
 * @param products finds the articles of a {@link ProductPage}, and one more
 * @param keptProduct stores a {@link ProductEntity}, and answers with it
 */
record OrdersQueries(
        String order,
        String anyOrder,
        Function<List<Status>, String> orders,
        String product,
        String products,
        String keptProduct) {

    /**
     * The entity manager is that of the transaction, or without one of the step alone, so that the connection is free
     * again before the next step takes one.
     */
    private static final String SHARED = "&sharedEntityManager=true";

    static OrdersQueries declared() {
        return new OrdersQueries(
                read(
                        OrderEntity.class,
                        "select o from OrderEntity o where o.id = :id and o.customerId = :caller",
                        "id",
                        "caller"),
                read(OrderEntity.class, "select o from OrderEntity o where o.id = :id", "id"),
                OrdersQueries::inStates,
                products("p.sku = :sku", "sku") + SHARED,
                products("p.sku > :after order by p.sku limit :rows", "after", "rows"),
                "jpa-write:" + ProductEntity.class.getName() + "?joinTransaction=false" + SHARED);
    }

    /** States are written out: the rare ones have indexes of their own, and a plan has to know which to take. */
    private static String inStates(List<Status> statuses) {
        var states = statuses.stream().map(OrdersQueries::literal).collect(Collectors.joining(", "));
        return read(
                OrderEntity.class,
                "select new " + OrderSummary.class.getName() + "(o.id, o.status, o.reason, o.paymentStatus,"
                        + " o.settled, o.totalMinor, o.currency, o.createdAt) from OrderEntity o"
                        + " where o.customerId = :caller and o.status in (" + states + ") and o.id < :after"
                        + " order by o.id desc limit :rows",
                "caller",
                "after",
                "rows");
    }

    private static String literal(Status status) {
        return Status.class.getName() + "." + status.name();
    }

    private static String products(String condition, String... parameters) {
        return read(ProductEntity.class, "select p from ProductEntity p where " + condition, parameters);
    }

    /** A query whose parameters are the body's members of the same names. */
    private static String read(Class<?> entity, String query, String... parameters) {
        var uri = new StringBuilder("jpa-read:" + entity.getName() + "?query=" + query);
        for (var name : parameters) {
            uri.append("&parameters.%1$s=${body.%1$s}".formatted(name));
        }
        return uri.append("&joinTransaction=false&flushOnSend=false").toString();
    }
}
