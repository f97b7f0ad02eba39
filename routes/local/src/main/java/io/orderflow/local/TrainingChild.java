package io.orderflow.local;

import io.orderflow.testkit.Child;

/** The {@link Training} of this build as a child: it ends with the supervisor. */
public final class TrainingChild {

    private TrainingChild() {}

    public static void main(String... arguments) throws Exception {
        Thread.ofPlatform().daemon().name("parent").start(Child::followParent);
        var caches = AotCaches.ofThisBuild();
        new Training(caches.begin(), Wishes.USUAL)
                .run(caches::making, settings -> AppChild.command(caches.making("app"), settings));
        caches.finish();
    }
}
