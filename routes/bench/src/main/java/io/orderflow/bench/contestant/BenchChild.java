package io.orderflow.bench.contestant;

import io.orderflow.app.Orderflow;
import io.orderflow.testkit.Child;

/** The services as a child: they end with the bench. */
final class BenchChild {

    private BenchChild() {}

    public static void main(String... arguments) {
        Thread.ofPlatform().daemon().name("parent").start(Child::followParent);
        Orderflow.main(arguments);
    }
}
