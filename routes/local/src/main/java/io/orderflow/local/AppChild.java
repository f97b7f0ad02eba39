package io.orderflow.local;

import io.orderflow.app.Orderflow;
import io.orderflow.testkit.Child;

/** The services as a child: they end with the supervisor. */
public final class AppChild {

    private AppChild() {}

    public static void main(String... arguments) {
        Thread.ofPlatform().daemon().name("parent").start(Child::followParent);
        Orderflow.main(arguments);
    }
}
