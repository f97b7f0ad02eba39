package io.orderflow.contracts;

/**
 * A part of the system that runs, scales and is granted rights by itself. Its name is the consumer group, the database
 * schema, the KafkaUser and the value of {@code --roles}.
 *
 * @param name lower-case letters, never null
 */
public record Role(String name) implements Comparable<Role> {

    public static final Role ORDERS = new Role("orders");
    public static final Role PAYMENTS = new Role("payments");
    public static final Role INVENTORY = new Role("inventory");
    public static final Role NOTIFICATIONS = new Role("notifications");

    /** The operators' view; it runs where it is asked for by its name. */
    public static final Role CONSOLE = new Role("console");

    public Role {
        if (!name.matches("[a-z]{1,30}")) {
            throw new IllegalArgumentException("role: " + name + " (expected: 1 to 30 lower-case letters)");
        }
    }

    @Override
    public int compareTo(Role other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
