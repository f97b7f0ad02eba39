package io.orderflow.messaging;

/**
 * What a unit of work has loaded for the transaction on this thread: set by {@link UnitOfWork#load}, asked for by its
 * decisions, and forgotten by {@link UnitOfWork#clear}, so that nothing of one transaction is seen by the next.
 */
public final class PerTransaction<T> {

    private final ThreadLocal<T> loaded = new ThreadLocal<>();
    private final String owner;

    /**
     * @param owner who asks, for the error
     */
    public PerTransaction(String owner) {
        this.owner = owner;
    }

    public void set(T value) {
        loaded.set(value);
    }

    /**
     * What this thread's transaction has loaded.
     *
     * @throws IllegalStateException if it has loaded nothing
     */
    public T get() {
        var value = loaded.get();
        if (value == null) {
            throw new IllegalStateException(owner + ": not loaded (expected: in a flow that begins with transaction:)");
        }
        return value;
    }

    public void clear() {
        loaded.remove();
    }
}
