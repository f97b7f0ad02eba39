package io.orderflow.contracts;

import java.util.List;

/** The checks that every event makes of its members, so that a missing one is named and never becomes a null inside. */
final class Present {

    private Present() {}

    static <T> T present(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return value;
    }

    static <T> List<T> present(String name, List<T> values) {
        present(name, (Object) values);
        values.forEach(value -> present(name, (Object) value));
        return List.copyOf(values);
    }

    static <T> List<T> notEmpty(String name, List<T> values) {
        var present = present(name, values);
        if (present.isEmpty()) {
            throw new IllegalArgumentException(name + ": empty (expected: at least one)");
        }
        return present;
    }
}
