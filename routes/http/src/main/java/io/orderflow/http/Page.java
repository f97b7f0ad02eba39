package io.orderflow.http;

import java.util.List;

/**
 * One page of a list.
 *
 * @param next the {@code after} of the next page, or null on the last one
 */
public record Page<T>(List<T> items, String next) {

    public Page {
        items = List.copyOf(items);
    }
}
