package io.orderflow.e2e.model;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.model.Actor;
import io.orderflow.messaging.model.Kind;
import io.orderflow.messaging.model.Names;
import io.orderflow.messaging.model.Offers;
import io.orderflow.messaging.model.World;
import io.orderflow.orders.OrdersModel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Those who order: each until it is answered, under one key, and some change their minds, once, at any moment after
 * that.
 */
final class Customers implements Actor {

    private final World world;
    private final TreeMap<Integer, Wish> wishes = new TreeMap<>();

    /**
     * Somebody's wish.
     *
     * @param attempts how often it was sent
     * @param order what was answered, or null
     * @param mayCancel whether he may call it off yet
     */
    record Wish(int number, int quantity, String token, int attempts, UUID order, boolean mayCancel) {

        private Wish sent() {
            return new Wish(number, quantity, token, attempts + 1, order, mayCancel);
        }

        private Wish answered(UUID id) {
            if (order != null && !order.equals(id)) {
                throw new AssertionError("wish " + number + ": two orders under one key, " + order + " and " + id);
            }
            return new Wish(number, quantity, token, attempts, id, mayCancel);
        }

        private Wish cancelled() {
            return new Wish(number, quantity, token, attempts, order, false);
        }

        @Override
        public String toString() {
            return number + " (" + quantity + " of " + OrdersModel.SKU + ", " + token + ")";
        }
    }

    Customers(World world) {
        this.world = world;
    }

    void wish(int quantity, String token, boolean mayCancel) {
        int number = wishes.size() + 1;
        wishes.put(number, new Wish(number, quantity, token, 0, null, mayCancel));
    }

    List<Wish> wishes() {
        return List.copyOf(wishes.values());
    }

    @Override
    public void offer(Offers offers) {
        for (var wish : List.copyOf(wishes.values())) {
            offers.step(
                    wish.order() == null ? Kind.PROGRESS : Kind.DUPLICATE,
                    () -> "a customer places order " + wish,
                    () -> place(wish, true, true));
            offers.step(
                    Kind.DUPLICATE,
                    () -> "a customer places order " + wish + " and hears nothing",
                    () -> place(wish, true, false));
            offers.step(
                    Kind.ROLLBACK,
                    () -> "a customer places order " + wish + " in vain",
                    () -> place(wish, false, false));
            if (wish.order() != null && wish.mayCancel()) {
                offers.step(Kind.WISH, () -> "a customer calls off order " + wish.number(), () -> {
                    wishes.put(wish.number(), wish.cancelled());
                    world.transact(Role.ORDERS, "cancel-order", OrdersModel.toCancel(wish.order()), true);
                });
            }
        }
    }

    private void place(Wish wish, boolean commits, boolean hears) {
        var sent = wish.sent();
        var id = Names.order(wish.number(), sent.attempts());
        var message = OrdersModel.toPlace(id, "key-" + wish.number(), wish.quantity(), wish.token());
        var answer = world.transact(Role.ORDERS, "place-order", message, commits);
        wishes.put(wish.number(), hears ? sent.answered(OrdersModel.accepted(answer.orElseThrow())) : sent);
    }

    @Override
    public Object save() {
        return new ArrayList<>(wishes.values());
    }

    @Override
    public void restore(Object saved) {
        wishes.clear();
        ((List<?>) saved).forEach(wish -> wishes.put(((Wish) wish).number(), (Wish) wish));
    }
}
