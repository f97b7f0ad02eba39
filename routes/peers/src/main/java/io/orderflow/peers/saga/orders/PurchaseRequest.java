package io.orderflow.peers.saga.orders;

import static java.util.Objects.requireNonNull;

import io.orderflow.contracts.Line;
import java.util.List;

/** The body of {@code POST /orders}. */
record PurchaseRequest(String currency, Customer customer, List<Line> lines, Token payment) {

    PurchaseRequest {
        requireNonNull(currency, "currency");
        requireNonNull(customer, "customer");
        lines = List.copyOf(lines);
        requireNonNull(payment, "payment");
    }

    record Customer(String name, String email) {
        Customer {
            requireNonNull(name, "name");
            requireNonNull(email, "email");
        }
    }

    record Token(String token) {
        Token {
            requireNonNull(token, "token");
        }
    }
}
