package io.orderflow.local;

import io.orderflow.app.Orderflow;
import io.orderflow.testkit.Child;
import java.util.List;

/** The services as a child: they end with the supervisor. */
public final class AppChild {

    private static final List<String> JAVA = List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    private AppChild() {}

    public static void main(String... arguments) {
        Thread.ofPlatform().daemon().name("parent").start(Child::followParent);
        Orderflow.main(arguments);
    }

    /** Its command line, with further options of its JVM. */
    static List<String> command(List<String> options, List<String> settings) {
        var command = JavaCommand.with(JAVA, options);
        command.add(AppChild.class.getName());
        command.addAll(settings);
        return command;
    }
}
